import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// A target exports more series than its limit: Prometheus rejects the whole scrape, and its `up` is 0.
  package static let prometheusScrapeSampleLimitHit = Alert(
    "PrometheusScrapeSampleLimitHit",
    when: rate(Prometheus.sampleLimitExceeded[5.m]) > 0,
    for: 15.m, in: .observability, severity: .medium, symptom: .observability, subject: .monitoring,
    texts: AlertTexts(
      summary: "Un destino exporta más series que su límite",
      description: "Desde hace más de 15 minutos, \(.instance) rechaza enteras las lecturas de algún destino.",
      value: "\(value: .decimals(2)) lecturas rechazadas por segundo"),
    dashboard: .systemOverview, runbook: sampleLimitRunbook,
    boundaries: [
      growth(of: "lecturas rechazadas", Prometheus.sampleLimitExceeded, NoLabels(), firing: prometheusLabels)
    ],
    cases: [],
    drill: .byHand("poné `sample_limit: 1` en un trabajo de prometheus.yml y reiniciá Prometheus"))

  private static let rejecting = rate(Prometheus.sampleLimitExceeded[5.m]) > 0

  private static let sampleLimitRunbook = Runbook(
    meaning: "Los clientes no notan nada. De ese proceso no se ve ninguna métrica, ni las que importan.",
    firstFiveMinutes: [
      Step("Mirá en Prometheus, en Targets, cuál dice «sample limit exceeded»: figura como caído y no lo está."),
      Step("Comprobá que el proceso atiende.", run: .deploy("--status")),
    ],
    diagnosis: [
      Diagnosis(
        "¿Sigue rechazando?", run: .query(rejecting), fault: .contains("\"job\":\"prometheus\""),
        conclusion: "Si aparece, sí. El destino es el que figura caído en la pregunta que sigue."),
      Diagnosis(
        "¿Qué destino?", run: .query(Prometheus.up == 0), fault: .contains("\"instance\""),
        conclusion: "Si el proceso contesta a mano y acá es 0, es ese: una etiqueta suya tiene demasiados valores."),
    ],
    fix: [
      Step("Si empezó con una versión, volvé a la anterior: una métrica nueva tiene una etiqueta sin límite."),
      Step("Si el crecimiento es legítimo, subí su sample_limit y reiniciá.", run: .deploy("--restart prometheus")),
    ],
    verify: [Step("Ya no rechaza: la lista está vacía.", run: .query(rejecting))],
    escalate: "Si el destino es un servicio o la base, avisá a su equipo en el momento.",
    afterwards: ["Anotá qué métrica creció."])
}
