import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Prometheus threw alerts away, because its queue was full or no Alertmanager took them. They are sent again while
  /// they fire; one that resolved meanwhile was never told.
  package static let prometheusNotificationsDropped = Alert(
    "PrometheusNotificationsDropped",
    when: rate(Prometheus.notificationsDropped[5.m]) > 0,
    for: 5.m, in: .observability, severity: .high, symptom: .observability, subject: .monitoring,
    texts: AlertTexts(
      summary: "Prometheus descarta avisos",
      description: "Desde hace más de 5 minutos, \(.instance) descarta avisos que no pudo entregar.",
      value: "\(value: .decimals(2)) avisos descartados por segundo"),
    dashboard: .systemOverview, runbook: notificationsDroppedRunbook,
    boundaries: [
      growth(
        of: "avisos descartados", Prometheus.notificationsDropped, NoLabels(), firing: prometheusLabels)
    ],
    cases: [
      AlertCase(
        "al arrancar se descarta uno, antes de que Alertmanager escuche",
        given: [counted(Prometheus.notificationsDropped, NoLabels(), .hold(0, 1.m), .hold(1, 30.m))],
        expect: [.silent(at: 5.m), .silent(at: 15.m)])
    ],
    drill: .stop(Platform.alertmanager))

  private static let dropping = rate(Prometheus.notificationsDropped[5.m]) > 0

  private static let notificationsDroppedRunbook = Runbook(
    meaning: "Algún aviso llega tarde o no llega. La tienda no lo nota; quien está de guardia, sí.",
    firstFiveMinutes: [
      Step("Mirá si Alertmanager está en pie.", run: .deploy("--status")),
      Step("Mirá en Prometheus las alertas activas y compará con lo que llegó a #minimarket-alerts."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Sigue descartando?", run: .query(dropping), fault: .contains("\"job\":\"prometheus\""),
        conclusion: "Si aparece, los avisos no salen ahora."),
      Diagnosis(
        "¿Contesta Alertmanager?", run: .status(Platform.alertmanager, path: "/-/ready"), fault: .lacks("200"),
        conclusion: "Sin 200, es la causa. Con 200, son demasiadas alertas a la vez o Alertmanager contesta tarde."),
    ],
    fix: [
      Step("Leé qué contesta Alertmanager.", run: .deploy("--logs alertmanager")),
      Step("Si no está, levantalo.", run: .deploy("--restart alertmanager"), isRemedy: true),
      Step("Si una regla da miles de series, corregila: una alerta así no la lee nadie."),
    ],
    verify: [Step("Ya no descarta: la lista está vacía.", run: .query(dropping))],
    escalate: "Si en 30 minutos no para, llamá a plataforma.",
    afterwards: ["Anotá qué alertas se perdieron."])
}
