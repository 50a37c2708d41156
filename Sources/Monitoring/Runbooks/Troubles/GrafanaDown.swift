import Alerts
import Topology

extension Troubles {
  package static let grafanaDown = Trouble(
    anchor: "grafana-no-carga", title: "Grafana no carga",
    summary: "Grafana no contesta o no llega a mostrar la página de ingreso. Las alertas no dependen de él.",
    symptoms: [
      "El navegador dice que no puede conectarse, o muestra un 502 o una página en blanco.",
      "Los enlaces de los avisos de Slack al tablero no abren; los de los runbooks, sí.",
    ],
    diagnosis: [
      Diagnosis(
        "¿Contesta Grafana?", run: .status(Platform.grafana, path: Platform.grafana.readinessPath ?? "/"),
        fault: .lacks("200"), of: .stop(Platform.grafana),
        conclusion: "000: no corre o el puerto es otro. 503: corre y su base de datos interna falla."),
      Diagnosis(
        "¿Corre su contenedor?", run: .shell("\(compose) ps --services --status running"), fault: .lacks("grafana"),
        of: .stop(Platform.grafana), conclusion: "Si no está en la lista, se detuvo o se reinicia sin parar."),
      Diagnosis(
        "¿Qué dice su log?", run: .shell("\(compose) logs --no-color --tail 50 grafana"),
        fault: .contains("level=error"), of: .stop(Platform.grafana),
        conclusion: """
          `provisioning`: un archivo de observability/grafana está roto. `permission denied`: el volumen cambió de \
          dueño. `database is locked` o `no space left`: es el disco.
          """),
    ],
    fix: [
      Step(
        "Si un archivo de observability/grafana cambió, volvé al de git.",
        run: .shell("git diff --stat -- observability/grafana")),
      Step(
        "Recreá el contenedor. Los tableros y datasources vienen de archivos: no se pierde nada.",
        run: .shell("\(compose) up -d --force-recreate grafana")),
      Step("Mientras tanto, preguntá directamente a Prometheus, o mirá la página de observabilidad del dashboard."),
    ],
    verify: [
      Step(
        "Grafana contesta 200.", run: .status(Platform.grafana, path: Platform.grafana.readinessPath ?? "/")),
      Step("Abrí la carpeta MiniMarket: están los cuatro tableros."),
    ])
}
