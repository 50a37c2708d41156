import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Prometheus knows of no Alertmanager at all: its configuration names none.
  package static let prometheusNotConnectedToAlertmanagers = Alert(
    "PrometheusNotConnectedToAlertmanagers",
    when: Prometheus.alertmanagers < 1,
    for: 10.m, in: .observability, severity: .critical, symptom: .observability, subject: .monitoring,
    texts: AlertTexts(
      summary: "Prometheus no conoce ningún Alertmanager",
      description: "Desde hace más de 10 minutos, \(.instance) no tiene a quién mandarle las alertas.",
      value: "ningún Alertmanager"),
    dashboard: .systemOverview, runbook: notConnectedRunbook,
    boundaries: [
      Boundary(of: "Alertmanager conocidos", silentAt: 1, firesAt: 0, labels: prometheusLabels) { level, length in
        [
          SampledSeries(
            Prometheus.alertmanagers, job: Job.prometheus, instance: prometheusInstance, [.hold(level, length)])
        ]
      }
    ],
    cases: [],
    drill: .byHand("borrá la sección alerting de prometheus.yml y reiniciá Prometheus"))

  private static let notConnectedRunbook = Runbook(
    meaning: """
      Las alertas se evalúan y no salen a ningún lado. Esta tampoco: quien avisa es el servicio de latidos, porque \
      Watchdog dejó de llegarle.
      """,
    firstFiveMinutes: [
      Step("Mirá qué está en pie.", run: .deploy("--status")),
      Step("Mirá en la página de Prometheus qué alertas están activas: nadie más las ve."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Cuántos Alertmanager conoce?", run: .query(Prometheus.alertmanagers == 0),
        fault: .contains("alertmanagers_discovered"),
        conclusion: "Si aparece, su configuración no nombra ninguno: alguien la editó, o se generó incompleta.")
    ],
    fix: [
      Step("Generá la configuración de nuevo y reiniciá Prometheus.", run: .deploy("--restart prometheus"))
    ],
    verify: [Step("Conoce al menos uno.", run: .query(Prometheus.alertmanagers))],
    escalate: "Si tras reiniciar sigue en 0, llamá a plataforma.",
    afterwards: ["Averiguá quién cambió prometheus.yml a mano: se genera."])
}
