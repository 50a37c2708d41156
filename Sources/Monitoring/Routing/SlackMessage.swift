import Alerts

/// What Slack shows, in Go's template language with the functions that Alertmanager 0.25 has (no `tz`, `date` or
/// `humanizeDuration`). Alertmanager escapes nothing for Slack: values pass through `escaped`, which does.
package enum SlackMessage {
  package static let channel = "#minimarket-alerts"
  /// Slack cuts a text there (https://api.slack.com/reference/surfaces/formatting).
  package static let textLimit = 3000
  /// Alerts of one group that are written out; the others are counted.
  package static let alertsShown = 2

  /// Characters of each value in a message, so that the longest message stays below `textLimit`.
  private enum Limit {
    static let name = 100
    static let summary = 200
    static let description = 500
    static let value = 100
    static let link = 250
  }

  package static let title = #"{{ template "minimarket.titulo" . }}"#
  package static let text = #"{{ template "minimarket.mensaje" . }}"#
  package static let fallback = #"{{ template "minimarket.titulo" . }}"#
  package static let color = #"{{ template "minimarket.color" . }}"#
  package static let titleLink = #"{{ (index .Alerts 0).Annotations.runbook_url }}"#

  /// The file of templates that the receiver names.
  package static var templates: String {
    """
    {{ define "minimarket.titulo" -}}
    {{ if eq .Status "resolved" }}RESUELTA{{ else }}{{ .CommonLabels.severity | toUpper }}{{ end }}: \
    \(escaped(".CommonLabels.alertname", Limit.name))\
    {{ if .CommonLabels.service }} · \(escaped(".CommonLabels.service", Limit.name)){{ end }}
    {{- end }}

    {{ define "minimarket.color" -}}
    {{ if eq .Status "resolved" }}\(resolvedColor)\(colors){{ else }}\(unknownColor){{ end }}
    {{- end }}

    {{ define "minimarket.alerta" -}}
    *\(escaped(".Annotations.summary", Limit.summary))*
    \(escaped(".Annotations.description", Limit.description))
    {{ if .Annotations.value }}Valor: \(escaped(".Annotations.value", Limit.value))
    {{ end }}Desde: {{ (.StartsAt.UTC.Add \(argentinaOffsetNanoseconds)).Format "02/01/2006 15:04:05" }} (hora argentina)
    {{ if eq .Status "resolved" }}Hasta: \
    {{ (.EndsAt.UTC.Add \(argentinaOffsetNanoseconds)).Format "02/01/2006 15:04:05" }} (hora argentina)
    {{ end -}}
    {{ if .Annotations.runbook_url }}<\(escaped(".Annotations.runbook_url", Limit.link))|Qué hacer>{{ end }}\
    {{ if .Annotations.dashboard_url }} · \
    <\(escaped(".Annotations.dashboard_url", Limit.link)){{ template "minimarket.horas" . }}|Tablero>{{ end }}
    {{- end }}

    {{ define "minimarket.horas" -}}
    {{ if match "\\\\?" .Annotations.dashboard_url }}&amp;{{ else }}?{{ end }}\
    from={{ (.StartsAt.Add -\(marginNanoseconds)).UnixMilli }}&amp;\
    to={{ if eq .Status "resolved" }}{{ (.EndsAt.Add \(marginNanoseconds)).UnixMilli }}{{ else }}now{{ end }}
    {{- end }}

    {{ define "minimarket.silenciar" -}}
    <\(escaped(".ExternalURL", Limit.link))/#/silences/new?filter=%7Balertname%3D\
    \(quotedForAddress(".CommonLabels.alertname"))\
    {{ if .CommonLabels.service }}%2Cservice%3D\(quotedForAddress(".CommonLabels.service")){{ end }}%7D|Silenciar>
    {{- end }}

    {{ define "minimarket.mensaje" -}}
    {{ range $i, $alerta := .Alerts }}{{ if lt $i \(alertsShown) }}{{ if $i }}

    {{ end }}{{ template "minimarket.alerta" $alerta }}{{ end }}{{ end }}{{ if gt (len .Alerts) \(alertsShown) }}

    Son {{ len .Alerts }} en total: las demás están en Alertmanager.{{ end }}\
    {{ if ne .Status "resolved" }}
    {{ template "minimarket.silenciar" . }}{{ end }}
    {{- end }}

    """
  }

  /// A value as Slack shows it verbatim: its three special characters as entities, cut, without half an entity at its
  /// end.
  private static func escaped(_ value: String, _ limit: Int) -> String {
    #"{{ \#(value) | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;""#
      + #" | printf "%.\#(limit)s" | reReplaceAll "&[a-z]{0,3}$" "" }}"#
  }

  /// A label's value as a matcher quotes it, in an address. Alertmanager's page reads `%20` as a space, and not `+`.
  /// One that is too long is left empty rather than cut: it would silence something else.
  private static func quotedForAddress(_ value: String) -> String {
    #"{{ if lt (len \#(value)) \#(Limit.name) }}{{ \#(value) | printf "%q" | urlquery | reReplaceAll "\\+" "%20" }}"#
      + #"{{ else }}%22%22{{ end }}"#
  }

  /// What a dashboard shows before the start and after the end.
  private static let marginNanoseconds = 15 * 60 * 1_000_000_000

  /// Argentina keeps UTC-3 all year.
  private static let argentinaOffsetNanoseconds = -3 * 3600 * 1_000_000_000
  private static let resolvedColor = "#2eb67d"
  private static let unknownColor = "#8d8d8d"

  private static var colors: String {
    Severity.calling.map {
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
    case .heartbeat: "#8d8d8d"
    }
  }
}
