import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Samples do not arrive at the long-term store: refused for good, or tried again and again because nobody answers.
  /// Prometheus keeps what it could not send for about two hours.
  package static let prometheusRemoteStorageFailures = Alert(
    "PrometheusRemoteStorageFailures",
    when: rate(Prometheus.remoteFailed[5.m]) + rate(Prometheus.remoteRetried[5.m]) > 0,
    for: 15.m, in: .observability, severity: .medium, symptom: .observability, subject: .monitoring,
    texts: AlertTexts(
      summary: "Prometheus no logra escribir en \(LabelName(RemoteURL.self))",
      description: """
        Desde hace más de 15 minutos, \(.instance) no logra mandar muestras a \(LabelName(RemoteURL.self)). Las guarda \
        unas dos horas; después se pierden.
        """,
      value: "\(value: .decimals(2)) muestras sin entregar por segundo"),
    dashboard: .systemOverview, runbook: remoteStorageRunbook,
    boundaries: [
      Boundary(
        of: "muestras rechazadas", silentAt: 0, firesAt: 1, begins: AlertCase.interval, labels: remoteFiring,
        value: perSecond, series: { remote(failed: .grow(by: $0, $1), retried: .hold(0, $1)) }),
      Boundary(
        of: "muestras que se reintentan", silentAt: 0, firesAt: 1, begins: AlertCase.interval, labels: remoteFiring,
        value: perSecond, series: { remote(failed: .hold(0, $1), retried: .grow(by: $0, $1)) }),
    ],
    cases: [AlertCase("no hay a dónde escribir", given: [], expect: [.silent(at: 30.m)])],
    drill: .byHand("agregá un `remote_write` hacia un puerto donde nadie escucha y reiniciá Prometheus"))

  private static let remoteLabels = RemoteLabels(RemoteName("0a1b2c"), RemoteURL("http://almacen:8428/api/v1/write"))
  private static let remoteFiring = prometheusLabels.merging([
    LabelName(RemoteName.self): "0a1b2c", LabelName(RemoteURL.self): "http://almacen:8428/api/v1/write",
  ]) { $1 }
  private static let failing = rate(Prometheus.remoteFailed[5.m]) + rate(Prometheus.remoteRetried[5.m]) > 0

  private static func remote(failed: Samples, retried: Samples) -> [SampledSeries] {
    [counted(Prometheus.remoteFailed, remoteLabels, failed), counted(Prometheus.remoteRetried, remoteLabels, retried)]
  }

  private static let remoteStorageRunbook = Runbook(
    meaning: "Los clientes no notan nada. Las métricas viejas van a tener un hueco si no se arregla en dos horas.",
    firstFiveMinutes: [
      Step("Leé qué contesta el almacén.", run: .deploy("--logs prometheus")),
      Step("Fijate si el almacén está en pie: no es parte de esta plataforma."),
    ],
    diagnosis: [
      Diagnosis(
        "¿A dónde no llega?", run: .query(failing), fault: .contains("\"url\""),
        conclusion: """
          La etiqueta url dice a dónde. Un 400 en el log es que rechaza las muestras (fuera de orden, etiquetas de \
          más); un 401, la clave; sin respuesta, la red o el almacén.
          """)
    ],
    fix: [
      Step("Levantá el almacén, o corregí su dirección o su clave, y reiniciá.", run: .deploy("--restart prometheus"))
    ],
    verify: [Step("Todo llega: la lista está vacía.", run: .query(failing))],
    escalate: "Antes de la hora y media, avisá a quien mantiene el almacén: después se pierde.",
    afterwards: ["Anotá desde cuándo y hasta cuándo falta."])
}
