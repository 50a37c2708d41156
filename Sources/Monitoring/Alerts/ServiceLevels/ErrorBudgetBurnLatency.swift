import Catalog
import PromQL
import Recording
import Topology

extension Alerts {
  /// Requests that take longer than 300 ms, against the 5 % that a P95 of 300 ms allows. At 14.4 times that speed 72 %
  /// of all requests are slow.
  static let latencyBurns = ErrorBudgetBurn(
    level: ServiceLevels.latency, symptom: .latency, dashboard: .performance, runbook: latencyBurnRunbook,
    drill: .lockTable(milliseconds: 700), section: "ErrorBudgetBurnLatency"
  ).alerts()

  private static let burning =
    ServiceLevels.latency.badRatio(over: 5.m) > Scalar(ServiceLevels.latency.threshold(of: .slowest))

  private static let latencyBurnRunbook = Runbook(
    meaning: """
      Demasiados pedidos tardan más de 300 ms: la caja anda, pero espera. El promedio puede verse bien mientras a unos \
      cuantos les va muy mal.
      """,
    firstFiveMinutes: [
      Step("Mirá qué procesos están en pie.", run: .deploy("--status")),
      Step("Si DatabaseDown, RedisDown o HighLatency están activas, atendé primero esas."),
      Step("Fijate si hay un trabajo pesado en marcha: una importación, un resguardo, un informe."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué parte de los pedidos es lenta ahora?", run: .query(burning),
        fault: .contains("\"job\":\"agente_deposito\""),
        conclusion:
          "El servicio nombrado supera hoy lo permitido. Con la lista vacía, ya pasó y la ventana larga lo recuerda."
      ),
      Diagnosis(
        "¿En qué ruta?",
        run: .query(
          histogramQuantile(0.95, sum(rate(HTTP.duration[5.m]), by: .job, LabelName(RouteLabel.self)))
            > Scalar(ServiceLevels.latencyLimitSeconds)),
        fault: .contains("\"route\""),
        conclusion:
          "Una sola ruta: su consulta o un cambio en ella. Todas a la vez: algo que comparten, casi siempre la base."
      ),
      Diagnosis(
        "¿Alguien espera a otro en la base?",
        run: .sql("SELECT 'ESPERA' AS estado, pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"),
        fault: .contains(" ESPERA"),
        conclusion: "ESPERA dice que una transacción retiene lo que otras necesitan: buscá la más vieja que no terminó."
      ),
    ],
    fix: [
      Step(
        "Si hay una transacción que bloquea, mirá cuál es y desde cuándo.",
        run: .sql(
          "SELECT pid, now() - xact_start AS hace, left(query, 80) AS consulta FROM pg_stat_activity "
            + "WHERE xact_start IS NOT NULL ORDER BY xact_start LIMIT 5")),
      Step("Si nadie la reconoce, terminala con pg_terminate_backend y su pid."),
      Step("Si falta procesador o memoria, seguí CPUHigh o MemoryPressure."),
    ] + Step.rollBack(Platform.deposito.name),
    verify: [
      Step("Ningún servicio supera lo permitido: la lista está vacía.", run: .query(burning)),
      Step(
        "Cuánto queda del presupuesto de 30 días: 1 es todo, menos de 0 es que no alcanzó.",
        run: .query(ServiceLevels.latency.budgetLeft)),
    ],
    escalate: """
      Con la de 1h, si a los 15 minutos la parte lenta no baja, llamá al equipo de la etiqueta team. Con las otras, \
      dejá la causa anotada para el día hábil.
      """,
    afterwards: [
      "Anotá la ruta, la hora y qué la hizo lenta.",
      "Si fue una consulta, guardá su plan de ejecución: sirve para el índice que falta.",
    ])
}
