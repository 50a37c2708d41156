import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Alertmanager gave up telling somebody. Critical goes to Slack and to the pager, hence arrives where one of them
  /// works. It looks back over a quarter of an hour, since what is not urgent is tried again only much later. Heartbeats
  /// go out every minute by the same kind of receiver as pages: one that is lost among them calls nobody.
  package static let alertmanagerFailedToSendAlerts = Alert(
    "AlertmanagerFailedToSendAlerts",
    when: (perWay(Alertmanager.notificationsFailed(\.self, .isNot(webhook))) > 0)
      .or(
        perWay(Alertmanager.notificationsFailed(\.self, .is(webhook)))
          / perWay(Alertmanager.notifications(\.self, .is(webhook))) > 0.5),
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
      AlertCase(
        "se pierde un latido entre muchos que llegan",
        given: webhooks(.grow(by: 1, 35.m), failed: .hold(0, 5.m), .hold(1, 30.m)),
        expect: [.silent(at: 12.m), .silent(at: 20.m)]),
      AlertCase(
        "por la guardia no llega la mitad, y por ella no llega nada",
        given: webhooks(.grow(by: 2, 60.m), failed: .grow(by: 1, 25.m), .grow(by: 2, 35.m)),
        expect: [
          .silent(at: 20.m),
          .fires(at: 50.m, alertmanagerLabels.merging([LabelName(IntegrationLabel.self): "webhook"]) { $1 }),
        ]),
    ],
    drill: .byHand("escribí en el secreto de Slack una dirección donde nadie escucha, y detené un servicio"))

  private static let slack = IntegrationLabel("slack")
  private static let webhook = IntegrationLabel("webhook")

  private static func perWay(_ count: Selection<Counter, IntegrationLabel>) -> InstantVector {
    sum(rate(count[15.m]), by: .job, .instance, LabelName(IntegrationLabel.self))
  }

  private static func webhooks(_ all: Samples, failed: Samples...) -> [SampledSeries] {
    [
      SampledSeries(
        Alertmanager.notificationsFailed, webhook, job: Job.alertmanager, instance: "a:9093", failed),
      SampledSeries(Alertmanager.notifications, webhook, job: Job.alertmanager, instance: "a:9093", [all]),
    ]
  }

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
