import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Alertmanager gave up telling somebody. Critical goes to Slack and to the pager, hence arrives where one of them
  /// works. It looks back over a quarter of an hour, since what is not urgent is tried again only much later.
  package static let alertmanagerFailedToSendAlerts = Alert(
    "AlertmanagerFailedToSendAlerts",
    when: sum(
      rate(Alertmanager.notificationsFailed[15.m]), by: .job, .instance, LabelName(IntegrationLabel.self)) > 0,
    for: 5.m, in: .observability, severity: .critical, symptom: .observability, subject: .monitoring,
    texts: AlertTexts(
      summary: "Alertmanager no logra avisar por \(LabelName(IntegrationLabel.self))",
      description: """
        En los últimos 15 minutos, \(.instance) no pudo entregar algún aviso por \(LabelName(IntegrationLabel.self)), \
        después de reintentar.
        """,
      value: "avisos sin entregar"),
    dashboard: .systemOverview, runbook: failedToSendRunbook,
    boundaries: [
      growth(
        of: "avisos sin entregar", Alertmanager.notificationsFailed, slack, by: .alertmanager, firing: slackFiring)
    ],
    cases: [
      AlertCase(
        "uno solo que no se entregó, y nada más que entregar",
        given: [counted(Alertmanager.notificationsFailed, slack, by: .alertmanager, .hold(0, 5.m), .hold(1, 30.m))],
        expect: [
          .silent(at: 10.m - AlertCase.interval), .fires(at: 10.m, slackFiring), .fires(at: 15.m, slackFiring),
          .silent(at: 21.m),
        ]),
      AlertCase(
        "falla Slack y anda el otro",
        given: [
          counted(Alertmanager.notificationsFailed, slack, by: .alertmanager, .grow(by: 1, 30.m)),
          counted(
            Alertmanager.notificationsFailed, IntegrationLabel("webhook"), by: .alertmanager, .hold(0, 30.m)),
        ], expect: [.fires(at: 20.m, slackFiring)]),
    ],
    drill: .byHand("escribí en el secreto de Slack una dirección donde nadie escucha, y detené un servicio"))

  private static let slack = IntegrationLabel("slack")
  private static let slackFiring = alertmanagerLabels.merging([LabelName(IntegrationLabel.self): "slack"]) { $1 }
  private static let failing =
    sum(rate(Alertmanager.notificationsFailed[15.m]), by: LabelName(IntegrationLabel.self)) > 0

  private static let failedToSendRunbook = Runbook(
    meaning: "Los clientes no notan nada por esto. Algún aviso no llegó: puede haber otra falla que nadie vio.",
    firstFiveMinutes: [
      Step("Mirá en la página de Alertmanager qué alertas hay activas: es lo que quizás nadie leyó."),
      Step("Leé por qué no se entregan.", run: .deploy("--logs alertmanager")),
    ],
    diagnosis: [
      Diagnosis(
        "¿Por cuál vía falla?", run: .query(failing), fault: .contains("\"integration\""),
        conclusion: """
          slack es el canal; webhook, la guardia o los latidos. En el log, 403 o 404 es una dirección revocada; 400, un \
          mensaje que Slack no acepta; sin respuesta, la salida a internet.
          """)
    ],
    fix: [
      Step(
        "Si la dirección fue revocada, poné la nueva en su variable y reiniciá.", run: .deploy("--restart alertmanager")
      ),
      Step("Si no hay salida a internet, es la red: avisá por teléfono a quien esté de guardia."),
    ],
    verify: [
      Step("Ya no falla ninguna: la lista se vacía a los 15 minutos.", run: .query(failing)),
      Step("Llega a #minimarket-alerts el aviso de resuelta."),
    ],
    escalate: "Si fallan las dos vías, llamá a plataforma: la tienda está sin alertas.",
    afterwards: ["Revisá qué alertas sonaron mientras tanto."])
}
