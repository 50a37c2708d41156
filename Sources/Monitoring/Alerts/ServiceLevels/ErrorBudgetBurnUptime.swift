import PromQL
import Recording
import Topology

extension Alerts {
  /// Time in which a service does not answer, against 99.9 %: 43 minutes in 30 days. A minute of it within the hour is
  /// a fast burn already, which is why a restart goes one replica at a time, and under the silence of a deployment.
  static let uptimeBurns = ErrorBudgetBurn(
    level: ServiceLevels.uptime, symptom: .unavailable, dashboard: .systemOverview, runbook: uptimeBurnRunbook,
    drill: .interrupt(Platform.deposito, times: 3), section: "ErrorBudgetBurnUptime"
  ).alerts()

  private static let down = Recordings.serviceUp == 0
  private static let burning =
    ServiceLevels.uptime.badRatio(over: 5.m) > Scalar(ServiceLevels.uptime.threshold(of: .fastest))

  private static let uptimeBurnRunbook = Runbook(
    meaning: """
      Un servicio estuvo caído más de lo que prometimos: 43 minutos en 30 días. Puede haber vuelto ya, o caerse de a \
      ratos: cada vez que pasa, la caja y la oficina reciben errores 502 o 503.
      """,
    firstFiveMinutes: [
      Step("Mirá si ahora mismo hay algo caído.", run: .deploy("--status")),
      Step("Si ServiceDown también está activa, seguí esa sección: el servicio no volvió."),
      Step("Si hay un despliegue en curso, los reinicios cuentan: esperá a que termine y no empieces otro."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Sigue caído?", run: .query(down), fault: .contains("\"job\":\"agente_deposito\""),
        of: .stop(Platform.deposito),
        conclusion:
          "El servicio nombrado no contesta en ninguna réplica. Con la lista vacía, volvió: buscá cuándo cayó."),
      Diagnosis(
        "¿Cayó en los últimos cinco minutos?", run: .query(burning), fault: .contains("\"job\":\"agente_deposito\""),
        conclusion: """
          El valor es la parte de los últimos cinco minutos en que no contestó: 0,2 es un minuto. Si es siempre corto y \
          se repite, el proceso muere y lo levantan: mirá sus reinicios y la memoria.
          """),
    ],
    fix: [
      Step("Leé el final del log anterior al reinicio: ahí está la causa.", run: .deploy("--logs agente-deposito")),
      Step("Si el servicio está caído, reinicialo.", run: .deploy("--restart agente-deposito")),
      Step("Si empezó con una versión o una configuración nueva, volvé a la anterior."),
      Step("Con las alertas de 1d o de 3d no hay apuro: buscá qué lo tira de a poco antes de reiniciar nada."),
    ],
    verify: [
      Step("Ya nadie está caído: la lista está vacía.", run: .query(down)),
      Step(
        "Cuánto queda del presupuesto de 30 días: 1 es todo, menos de 0 es que no alcanzó.",
        run: .query(ServiceLevels.uptime.budgetLeft)),
    ],
    escalate: """
      Con la de 1h, si a los 15 minutos sigue cayéndose, llamá al equipo de la etiqueta team. Con el presupuesto \
      agotado, avisá a plataforma: hasta que se recupere, no se despliega nada que pueda esperar.
      """,
    afterwards: [
      "Anotá cada caída, con hora y duración: la suma es lo que se gastó.",
      "Si fueron despliegues, hacelos con más de una réplica.",
    ])
}
