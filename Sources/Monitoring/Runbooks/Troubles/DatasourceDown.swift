import Alerts
import Catalog
import PromQL
import Topology

extension Troubles {
  private static func fromGrafana(_ process: PlatformProcess) -> String {
    let address = Stack.committed.address(of: process)
    return "\(compose) exec -T grafana wget -q -T 5 -O - http://\(address)\(process.readinessPath ?? "/")"
  }

  package static let datasourceDown = Trouble(
    anchor: "datasource-no-conecta", title: "Datasource no conecta",
    summary: "Grafana anda, pero no llega a Prometheus o a Loki.",
    symptoms: [
      "Los paneles muestran un triángulo rojo con `connection refused`, `no such host` o `502 Bad Gateway`.",
      "`Save & test` del datasource falla.",
    ],
    diagnosis: [
      Diagnosis(
        "¿Contesta Prometheus?", run: .status(Platform.prometheus, path: Platform.prometheus.readinessPath ?? "/"),
        fault: .lacks("200"), of: .stop(Platform.prometheus),
        conclusion: """
          000: no corre, y tampoco hay alertas: levantalo ya. 503: está leyendo su registro de escritura; esperá hasta \
          dos minutos.
          """),
      Diagnosis(
        "¿Llega Grafana a Prometheus por la red de los contenedores?", run: .shell(fromGrafana(Platform.prometheus)),
        fault: .lacks("Ready"), of: .stop(Platform.prometheus),
        conclusion: "Si desde la máquina contesta y desde Grafana no, los dos contenedores no comparten red."),
      Diagnosis(
        "¿Contesta Loki?", run: .status(Platform.loki, path: Platform.loki.readinessPath ?? "/"), fault: .lacks("200"),
        of: .stop(Platform.loki),
        conclusion: "Sólo los paneles de logs dependen de Loki. 503: recién arrancó, esperá un minuto."),
      Diagnosis(
        "¿Llega Grafana a Loki?", run: .shell(fromGrafana(Platform.loki)), fault: .lacks("ready"),
        of: .stop(Platform.loki),
        conclusion: "Como con Prometheus: la red o el nombre del contenedor."),
    ],
    fix: [
      Step("Con el motor local, levantá lo que falte.", run: .deploy("--up")),
      Step(
        "Con docker, recreá los tres juntos para que compartan red.",
        run: .shell("\(compose) up -d --force-recreate prometheus loki grafana")),
      Step(
        """
        La dirección del datasource es la del contenedor (http://prometheus:9090, http://loki:3100), nunca localhost. \
        Se cambia en observability/grafana/provisioning/datasources, no en la página.
        """),
    ],
    verify: [
      Step(
        "Prometheus contesta 200.",
        run: .status(Platform.prometheus, path: Platform.prometheus.readinessPath ?? "/")),
      Step("Y responde consultas.", run: .query(count(Prometheus.up.selection))),
      Step("`Save & test` de los dos datasources pasa."),
    ])
}
