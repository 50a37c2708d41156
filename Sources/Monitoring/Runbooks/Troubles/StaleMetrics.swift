import Alerts
import Catalog
import PromQL
import Topology

extension Troubles {
  /// Half of the scrape's timeout.
  private static let slowScrapeSeconds = 5.0
  /// Four evaluations.
  private static let lateSeconds = 60.0

  package static let staleMetrics = Trouble(
    anchor: "metricas-desactualizadas", title: "Métricas desactualizadas",
    summary: "Los paneles muestran datos, pero no los de ahora.",
    symptoms: [
      "Las curvas terminan minutos antes del borde derecho, o un valor no se mueve aunque la tienda trabaje.",
      "Un número del tablero no coincide con lo que el servicio informa de sí mismo.",
    ],
    diagnosis: [
      Diagnosis(
        "¿Algún proceso tarda tanto en contestar que su lectura se pierde?",
        run: .query(Prometheus.Scrapes.scrapeDuration > Scalar(slowScrapeSeconds)), fault: hasSeries,
        conclusion: """
          A los 10 segundos Prometheus abandona la lectura y el panel queda sin ese punto. Si es postgres-exporter o \
          redis-exporter, lo lento es la base: mirá DatabaseDown o RedisDown.
          """),
      Diagnosis(
        "¿Se atrasó la evaluación de las reglas?",
        run: .query(Scalar.time - Prometheus.Scrapes.lastEvaluation > Scalar(lateSeconds)), fault: hasSeries,
        conclusion: """
          Los paneles de tasas y latencias salen de esas reglas, y las alertas también. Prometheus no da abasto: seguí \
          con `Queries muy lentas`.
          """),
      Diagnosis(
        "¿Está en hora la máquina?", run: .query(abs(Scalar.time - Host.Time.seconds) > Scalar(lateSeconds)),
        fault: hasSeries,
        conclusion: "Prometheus y el exporter no coinciden en la hora: revisá la sincronización (chrony o timesyncd)."),
    ],
    fix: [
      Step("Reiniciá el proceso que no contesta a tiempo: mirá antes cuál es.", run: .deploy("--status")),
      Step("En Grafana, activá la actualización automática (30 s) y poné el rango hasta `now`."),
      Step("Si es la hora, corregila en la máquina; los contenedores usan la misma."),
    ],
    verify: [
      Step(
        "La última lectura de cada proceso tardó menos de un segundo.",
        run: .query(max(Prometheus.Scrapes.scrapeDuration, by: .job))),
      Step("La curva llega al borde derecho del panel."),
    ])
}
