import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// What runs is an older configuration than the one on disk; the next restart would not come up.
  package static let prometheusBadConfig = reloadFailure(
    "PrometheusBadConfig", of: Platform.prometheus, as: "Prometheus", Prometheus.configReloaded,
    file: "prometheus.yml", labels: prometheusLabels, instance: prometheusInstance,
    loss: "Las reglas y los destinos nuevos no están en uso: lo último que se cambió no se vigila.")

  package static let alertmanagerFailedReload = reloadFailure(
    "AlertmanagerFailedReload", of: Platform.alertmanager, as: "Alertmanager", Alertmanager.configReloaded,
    file: "alertmanager.yml", labels: alertmanagerLabels, instance: alertmanagerInstance,
    loss: "Las rutas y los receptores nuevos no están en uso: un aviso puede ir a quien ya no corresponde.")

  private static func reloadFailure(
    _ name: String, of process: PlatformProcess, as title: String, _ reloaded: Family<Gauge, NoLabels>, file: String,
    labels: [LabelName: String], instance: String, loss: String
  ) -> Alert {
    Alert(
      name, when: reloaded == 0, for: 10.m, in: .observability, severity: .high, symptom: .observability,
      subject: .monitoring,
      texts: AlertTexts(
        summary: "\(title) rechazó su configuración",
        description: """
          Desde hace más de 10 minutos, \(.instance) sigue con la configuración anterior. Si se reinicia, no arranca.
          """,
        value: "la última recarga falló"),
      dashboard: .systemOverview, runbook: reloadRunbook(process, title, reloaded, file: file, loss: loss),
      boundaries: [
        Boundary(of: "última recarga", silentAt: 1, firesAt: 0, labels: labels) { level, length in
          [
            SampledSeries(
              reloaded, job: labels == prometheusLabels ? Job.prometheus : .alertmanager, instance: instance,
              [.hold(level, length)])
          ]
        }
      ],
      cases: [],
      drill: .byHand("agregá la línea `nada: 1` al final de \(file) y mandale SIGHUP a \(title)"))
  }

  private static func reloadRunbook(
    _ process: PlatformProcess, _ title: String, _ reloaded: Family<Gauge, NoLabels>, file: String, loss: String
  ) -> Runbook {
    Runbook(
      meaning: "Los clientes no notan nada. \(loss)",
      firstFiveMinutes: [
        Step("No reinicies \(title) todavía: con esa configuración no arranca."),
        Step("Leé en el log qué línea rechazó.", run: .deploy("--logs \(process.name)")),
      ],
      diagnosis: [
        Diagnosis(
          "¿Quién la rechazó?", run: .query(reloaded == 0), fault: .contains("config_last_reload_successful"),
          conclusion: "Si aparece, la última recarga falló: el log dice «\(file)», la línea y el motivo.")
      ],
      fix: [
        Step("Deshacé el cambio de \(file): se genera, no se edita a mano."),
        Step("Volvé a generarla y reiniciá.", run: .deploy("--restart \(process.name)")),
      ],
      verify: [Step("La última recarga anduvo: el valor es 1.", run: .query(reloaded))],
      escalate: "Si la configuración generada es la que falla, llamá a plataforma.",
      afterwards: ["Averiguá por qué la comprobación previa (promtool o amtool) no la frenó."])
  }
}
