import Alerts
import Catalog
import PromQL
import Topology

extension Troubles {
  /// All processes together export some thousands of series on a fresh platform; the limits of the scrapes bound them.
  private static let manySeries = 100_000.0
  private static let manySamples = 5_000.0

  package static let slowQueries = Trouble(
    anchor: "queries-lentas", title: "Queries muy lentas",
    summary: "Prometheus contesta, pero cada consulta lee demasiadas series o demasiado tiempo.",
    symptoms: [
      "Los paneles quedan girando varios segundos o terminan con `context deadline exceeded` o `query timed out`.",
      "Prometheus usa mucho procesador o memoria mientras alguien mira los tableros.",
    ],
    diagnosis: [
      Diagnosis(
        "¿Un proceso exporta muchas más series que los demás?",
        run: .query(Prometheus.Scrapes.samplesScraped > Scalar(manySamples)), fault: hasSeries,
        conclusion: """
          En la plataforma nadie llega a esa cantidad. Una etiqueta con valores sin límite (rutas, identificadores) las \
          multiplica: buscala en el /metrics de ese proceso.
          """),
      Diagnosis(
        "¿Prometheus tiene en memoria muchas más series de las que la plataforma produce?",
        run: .query(Prometheus.Scrapes.headSeries > Scalar(manySeries)), fault: hasSeries,
        conclusion: """
          Toda consulta paga por esas series durante las próximas dos o tres horas, aunque ya no se exporten. La página \
          TSDB Status de Prometheus dice qué métrica y qué etiqueta las traen.
          """),
    ],
    fix: [
      Step("Achicá el rango del tablero a unas horas y elegí un servicio en las variables."),
      Step(
        """
        En paneles propios, usá las series precalculadas (`job:http_requests:rate5m` y las demás de \
        observability/prometheus/rules) en vez de repetir la cuenta sobre las originales.
        """),
      Step("Si un proceso exporta de más, corregilo o volvé a la versión anterior y reinicialo.", run: .deploy("--up")),
    ],
    verify: [
      Step(
        "Las series en memoria dejan de crecer; bajan solas cuando Prometheus compacta, a las dos o tres horas.",
        run: .query(Prometheus.Scrapes.headSeries)),
      Step("El mismo panel, con el mismo rango, carga en menos de dos segundos."),
    ])
}
