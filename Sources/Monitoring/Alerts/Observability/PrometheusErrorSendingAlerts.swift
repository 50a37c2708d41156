import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Every Alertmanager refuses what Prometheus sends. With one Alertmanager this cannot arrive by itself: Watchdog's
  /// missing heartbeat is what calls, and this is what somebody then finds in Prometheus.
  package static let prometheusErrorSendingAlerts = Alert(
    "PrometheusErrorSendingAlertsToAnyAlertmanager",
    when: min(rate(Prometheus.notificationErrors[5.m]), by: .job, .instance) > 0,
    for: 5.m, in: .observability, severity: .critical, symptom: .observability, subject: .monitoring,
    texts: AlertTexts(
      summary: "Prometheus no logra entregarle alertas a ningún Alertmanager",
      description: "Desde hace más de 5 minutos fallan los envíos de \(.instance) a todos los Alertmanager.",
      value: "\(value: .decimals(2)) envíos con error por segundo a cada Alertmanager"),
    dashboard: .systemOverview,
    mutes: [.alerts(["PrometheusNotificationsDropped"], equal: [.instance])],
    runbook: errorSendingRunbook,
    boundaries: [
      growth(of: "envíos con error", Prometheus.notificationErrors, address("a"), firing: prometheusLabels)
    ],
    cases: [
      AlertCase(
        "de dos Alertmanager falla uno: los avisos salen por el otro",
        given: [
          counted(Prometheus.notificationErrors, address("a"), .grow(by: 1, 30.m)),
          counted(Prometheus.notificationErrors, address("b"), .hold(0, 30.m)),
        ], expect: [.silent(at: 20.m)]),
      AlertCase(
        "de dos Alertmanager fallan los dos: es una alerta",
        given: ["a", "b"].map { counted(Prometheus.notificationErrors, address($0), .grow(by: 1, 30.m)) },
        expect: [.fires(at: 20.m, prometheusLabels, value: perSecond(1))]),
    ],
    drill: .stop(Platform.alertmanager))

  private static func address(_ host: String) -> AlertmanagerAddress {
    AlertmanagerAddress("http://\(host):9093/api/v2/alerts")
  }

  private static let failing = rate(Prometheus.notificationErrors[5.m]) > 0

  private static let errorSendingRunbook = Runbook(
    meaning: """
      La tienda puede estar bien, pero ningún aviso nuevo llega a nadie. Esta alerta tampoco: si la estás leyendo, fue \
      en Prometheus, o porque el servicio de latidos llamó al faltarle Watchdog.
      """,
    firstFiveMinutes: [
      Step("Mirá si Alertmanager está en pie.", run: .deploy("--status")),
      Step("Mientras no salgan avisos, mirá las alertas activas en la página de Prometheus."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Contesta Alertmanager?", run: .status(Platform.alertmanager, path: "/-/ready"), fault: .lacks("200"),
        conclusion: "Sin 200 está caído o arrancando. Con 200, Prometheus lo busca en otra dirección: mirá la de abajo."
      ),
      Diagnosis(
        "¿A qué dirección fallan los envíos?", run: .query(failing), fault: .contains("\"alertmanager\""),
        conclusion: "La etiqueta alertmanager dice a dónde los manda: tiene que ser la de este Alertmanager."),
    ],
    fix: [
      Step("Leé por qué cayó.", run: .deploy("--logs alertmanager")),
      Step("Levantalo.", run: .deploy("--restart alertmanager"), isRemedy: true),
      Step("Si la dirección es otra, corregí ALERTMANAGER_PORT y volvé a generar la configuración."),
    ],
    verify: [
      Step("Ya no hay envíos con error: la lista está vacía.", run: .query(failing)),
      Step("En dos minutos vuelve el latido de Watchdog."),
    ],
    escalate: "Si a los 10 minutos siguen fallando, llamá a plataforma: la tienda está sin alertas.",
    afterwards: ["Buscá en Prometheus qué alertas sonaron sin que nadie se enterara, y atendé lo que haya quedado."])
}
