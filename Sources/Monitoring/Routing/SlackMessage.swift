import Alerts

/// What Slack shows, in Go's template language with the functions that Alertmanager 0.25 has (no `tz`, `date` or
/// `humanizeDuration`). Alertmanager escapes nothing for Slack: label values pass through `texto`, which does.
package enum SlackMessage {
  package static let channel = "#minimarket-alerts"
  /// Slack cuts a text there (https://api.slack.com/reference/surfaces/formatting).
  package static let textLimit = 3000
  /// Alerts of one group that are written out; the others are counted.
  package static let alertsShown = 3
  /// Characters of a text within a message, after escaping.
  package static let fieldLimit = 400

  package static let title = #"{{ template "minimarket.titulo" . }}"#
  package static let text = #"{{ template "minimarket.mensaje" . }}"#
  package static let fallback = #"{{ template "minimarket.titulo" . }}"#
  package static let color = #"{{ template "minimarket.color" . }}"#
  package static let titleLink = #"{{ (index .Alerts 0).Annotations.runbook_url }}"#

  /// The file of templates that the receiver names.
  package static var templates: String {
    """
    {{ define "minimarket.texto" -}}
    {{ . | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;" \
    | printf "%.\(fieldLimit)s" | reReplaceAll "&[a-z]{0,3}$" "" }}
    {{- end }}

    {{ define "minimarket.titulo" -}}
    {{ if eq .Status "resolved" }}RESUELTA{{ else }}{{ .CommonLabels.severity | toUpper }}{{ end }}: \
    {{ template "minimarket.texto" .CommonLabels.alertname }}\
    {{ if .CommonLabels.service }} · {{ template "minimarket.texto" .CommonLabels.service }}{{ end }}
    {{- end }}

    {{ define "minimarket.color" -}}
    {{ if eq .Status "resolved" }}\(resolvedColor)\(colors){{ else }}\(unknownColor){{ end }}
    {{- end }}

    {{ define "minimarket.alerta" -}}
    *{{ template "minimarket.texto" .Annotations.summary }}*
    {{ template "minimarket.texto" .Annotations.description }}
    {{ if .Annotations.value }}Valor: {{ template "minimarket.texto" .Annotations.value }}
    {{ end }}Desde: {{ (.StartsAt.UTC.Add \(argentinaOffsetNanoseconds)).Format "02/01/2006 15:04:05" }} (hora argentina)
    {{ if eq .Status "resolved" }}Hasta: \
    {{ (.EndsAt.UTC.Add \(argentinaOffsetNanoseconds)).Format "02/01/2006 15:04:05" }} (hora argentina)
    {{ end -}}
    {{ if .Annotations.runbook_url }}<{{ template "minimarket.texto" .Annotations.runbook_url }}|Qué hacer>{{ end }}\
    {{ if .Annotations.dashboard_url }} · \
    <{{ template "minimarket.texto" .Annotations.dashboard_url }}|Tablero>{{ end }}
    {{- end }}

    {{ define "minimarket.mensaje" -}}
    {{ range $i, $alerta := .Alerts -}}
    {{ if lt $i \(alertsShown) }}{{ template "minimarket.alerta" $alerta }}

    {{ end }}
    {{- end }}
    {{- if gt (len .Alerts) \(alertsShown) }}Son {{ len .Alerts }} en total: las demás están en Alertmanager.{{ end }}
    {{- end }}

    """
  }

  /// Argentina keeps UTC-3 all year.
  private static let argentinaOffsetNanoseconds = -3 * 3600 * 1_000_000_000
  private static let resolvedColor = "#2eb67d"
  private static let unknownColor = "#8d8d8d"

  private static var colors: String {
    Severity.allCases.map {
      "{{ else if eq .CommonLabels.severity \"\($0.rawValue)\" }}\($0.slackColor)"
    }.joined()
  }
}

extension Severity {
  package var slackColor: String {
    switch self {
    case .critical: "#d00000"
    case .high: "#e8830c"
    case .medium: "#e0c000"
    }
  }
}
