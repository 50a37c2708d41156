import Alerts
import Catalog
import PromQL
import Topology

extension Troubles {
  package static let noData = Trouble(
    anchor: "sin-datos", title: "Dashboard no muestra datos",
    summary: "Los paneles preguntan y Prometheus no tiene qué contestar.",
    symptoms: [
      "Los paneles dicen `No data`, todos o los de un solo servicio.",
      "El tablero abre y el rango de tiempo incluye el momento actual.",
      "Si en cambio los paneles muestran un error, el problema es la conexión: andá a `Datasource no conecta`.",
    ],
    diagnosis: [
      Diagnosis(
        "¿Hay procesos que Prometheus no puede leer?", run: .query(Prometheus.up == 0), fault: hasSeries,
        conclusion: "Cada serie que aparece es un proceso caído o inalcanzable: seguí con la sección de su alerta."),
      Diagnosis(
        "¿Algún proceso exporta más de lo permitido?",
        run: .query(increase(Prometheus.sampleLimitExceeded[15.m]) > 0), fault: hasSeries,
        conclusion: """
          Prometheus rechaza la lectura entera cuando pasa de `sample_limit`. Buscá la etiqueta que creció en la salida \
          de /metrics de ese proceso; no subas el límite sin saber por qué creció.
          """),
      Diagnosis(
        "¿Existe la métrica que piden los paneles de servicios?", run: .query(absent(HTTP.requests.selection)),
        fault: hasSeries,
        conclusion: """
          Ningún servicio exporta pedidos: o no arrancó ninguno o Prometheus no los tiene en su configuración. Mirá \
          la página Targets de Prometheus.
          """),
      Diagnosis(
        "¿Se evalúan las reglas que precalculan tasas y latencias?",
        run: .query(absent(Prometheus.Scrapes.lastEvaluation.selection)), fault: hasSeries,
        conclusion: """
          Prometheus corre sin reglas: los paneles de latencia y errores quedan vacíos y ninguna alerta puede sonar. Es \
          urgente.
          """),
    ],
    fix: [
      Step("Si falta un proceso, mirá su estado y su log.", run: .deploy("--status")),
      Step(
        """
        Si faltan reglas o configuración, volvé a generarlas y aplicarlas: con el motor local, --up las escribe de \
        nuevo; con docker, restaurá observability/ desde git.
        """, run: .deploy("--up")),
      Step("En Grafana, poné el rango en la última hora y las variables de servicio e instancia en Todos."),
    ],
    verify: [
      Step("Prometheus lee a todos: la consulta cuenta los procesos en pie.", run: .query(count(Prometheus.up == 1))),
      Step("Recargá el tablero: los paneles vuelven dentro de un minuto."),
    ])
}
