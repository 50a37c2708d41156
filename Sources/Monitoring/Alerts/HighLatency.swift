import Catalog
import MetricModel
import PromQL
import Recording
import Topology

extension Alerts {
  /// One request of twenty is answered late. Over all of a service's replicas and routes: a slow route that few use is
  /// seen on the dashboard, not here. Without requests the quantile is NaN, which no comparison holds for; with few it
  /// says nothing.
  package static let highLatency = Alert(
    "HighLatency",
    when: tooSlow.and(Recordings.requestRate > Scalar(Objectives.minimumRequestRate)),
    for: 10.m,
    severity: .high,
    symptom: .latency,
    subject: .eachService,
    texts: AlertTexts(
      summary: "\(.job) contesta tarde",
      description: """
        Desde hace más de 10 minutos, uno de cada veinte pedidos a \(.job) tarda más de 300 ms.
        """,
      value: "P95 de \(value: .duration)"),
    dashboard: .performance,
    mutes: [
      .alerts(["SlowRequests"] + ErrorBudgetBurn.names(section: "ErrorBudgetBurnLatency"), equal: [.job])
    ],
    runbook: highLatencyRunbook,
    boundaries: [
      // Of a hundred requests, the 95th stands at the end of the bucket up to 0.3 s, or 3/8 into the next one's 0.2 s.
      Boundary(
        of: "pedidos de más de 300 ms, de cada cien", silentAt: 5, firesAt: 8, begins: AlertCase.interval,
        labels: SlowTraffic.labels, value: { 0.3 + 0.2 * ($0 - 5) / $0 }
      ) { level, length in SlowTraffic(fast: 0.25, slow: 0.4).series(slow: level, of: 100) { [.grow(by: $0, length)] } }
    ],
    cases: highLatencyCases,
    drill: .lockTable(milliseconds: 1500))

  private static let traffic = SlowTraffic(fast: 0.02, slow: 2)

  private static let highLatencyCases = [
    AlertCase(
      "de noche hay pocos pedidos y todos son lentos",
      given: traffic.series(slow: 3, of: 3) { [.grow(by: $0, 40.m)] }, expect: [.silent(at: 30.m)]),
    AlertCase(
      "nadie usa el servicio, que antes fue lento",
      given: traffic.series(slow: 100, of: 100) { [.grow(by: $0, 5.m), .hold(20 * $0, 40.m)] },
      expect: [.silent(at: 9.m), .silent(at: 11.m), .silent(at: 30.m)]),
    AlertCase(
      "los contadores vuelven a cero con un reinicio",
      given: traffic.series(slow: 2, of: 100) { [.grow(by: $0, 15.m), .restart(by: $0, 30.m)] },
      expect: [.silent(at: 16.m), .silent(at: 26.m), .silent(at: 40.m)]),
    AlertCase(
      "de diez réplicas una tarda dos segundos, y reciben lo mismo",
      given: (0..<10).flatMap { replica in
        traffic.series(slow: replica == 0 ? 100 : 0, of: 100, instance: "r\(replica):8001") { [.grow(by: $0, 30.m)] }
      },
      // The 950th of a thousand is in the middle of the hundred between 1 and 2.5 s.
      expect: [.fires(at: 20.m, SlowTraffic.labels, value: 1.75)]),
    AlertCase(
      "de cuarenta réplicas una tarda dos segundos: el conjunto cumple",
      given: (0..<40).flatMap { replica in
        traffic.series(slow: replica == 0 ? 100 : 0, of: 100, instance: "r\(replica):8001") { [.grow(by: $0, 30.m)] }
      },
      expect: [.silent(at: 20.m)]),
    AlertCase(
      "las réplicas se reemplazan una tras otra mientras todo es lento",
      given: [5.m, 10.m, 15.m, 20.m].flatMap { moment in
        traffic.series(slow: 100, of: 100, instance: "vieja\(moment.text):8001") {
          [.grow(by: $0, moment), .gone(20.m)]
        }
          + traffic.series(slow: 100, of: 100, instance: "nueva\(moment.text):8001") {
            [.gone(moment), .grow(by: $0, 20.m)]
          }
      },
      // All of them between 1 and 2.5 s: the quantile is 95 % of the way.
      expect: [
        .fires(at: 15.m, SlowTraffic.labels, value: 2.425), .fires(at: 25.m, SlowTraffic.labels, value: 2.425),
      ]),
    AlertCase(
      "el servicio lento desaparece: de él avisa ServiceDown",
      given: traffic.series(slow: 100, of: 100) { [.grow(by: $0, 5.m), .gone(30.m)] },
      expect: [.silent(at: 11.m), .silent(at: 20.m)]),
    AlertCase("el servicio no existe", given: [], expect: [.silent(at: 20.m)]),
  ]

  private static let tooSlow = Recordings.p95Latency > Scalar(Objectives.p95LatencySeconds)
}

extension Alerts {
  private static let routesTooSlow =
    histogramQuantile(0.95, sum(rate(HTTP.duration[5.m]), by: .job, LabelName(RouteLabel.self)))
    > Scalar(Objectives.p95LatencySeconds)

  private static let highLatencyRunbook = Runbook(
    meaning: """
      La caja y el depósito esperan: de cada veinte consultas o movimientos, al menos uno tarda más de 300 ms, y se \
      nota como una pantalla que no avanza. Todavía se contesta, y lo contestado está bien. Si empeora, los pedidos \
      llegan a su plazo y pasan a ser errores.
      """,
    firstFiveMinutes: [
      Step("Si DatabaseDown o RedisDown están activas, atendé primero esas: la demora es su consecuencia."),
      Step(
        "¿Hubo un despliegue hace menos de media hora? Volvé a la versión anterior, como dice abajo, y después buscá la causa."
      ),
      Step(
        "Mirá cuánto tarda ahora y si sube: con más de un segundo avisá ya a inventario.",
        run: .query(Recordings.p95Latency)),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué ruta es la lenta?", run: .query(routesTooSlow), fault: .contains("\"route\":\"/api/v1/productos"),
        conclusion: """
          Una ruta sola señala su consulta o un cambio en ella. Si son todas las que leen productos, algo retiene esa \
          tabla. Si son todas las rutas, también las que no usan la base, mirá la máquina.
          """),
      Diagnosis(
        "¿El tiempo se va en la base?",
        run: .query(
          histogramQuantile(0.95, sum(rate(Pool.queries[5.m]), by: .job, LabelName(StatementLabel.self)))
            > Scalar(Objectives.p95LatencySeconds)),
        fault: .contains("\"job\":\"agente_deposito\""),
        conclusion: """
          Cada sentencia de la lista tarda más de 300 ms: el servicio espera a la base. Si la lista está vacía y los \
          pedidos tardan, el servicio está corto de procesador o espera una conexión.
          """),
      Diagnosis(
        "¿Alguien retiene un bloqueo en la base?",
        run: .sql(
          """
          SELECT pid, pg_blocking_pids(pid) AS espera_a, now() - query_start AS hace, left(query, 60) AS sentencia \
          FROM pg_stat_activity WHERE wait_event_type = 'Lock'
          """),
        fault: .lacks("(0 rows)"),
        conclusion: """
          Cada línea es una sesión que espera, y espera_a dice a qué pid. Con 0 rows no hay bloqueos: mirá qué \
          sentencia tarda por sí sola.
          """),
    ],
    fix: [
      Step(
        "Mirá qué hace quien bloquea, antes de cortarlo: puede ser una migración o una copia que alguien lanzó.",
        run: .sql(
          """
          SELECT pid, usename, application_name, state, now() - xact_start AS abierta, left(query, 60) AS sentencia \
          FROM pg_stat_activity WHERE pid IN (SELECT unnest(pg_blocking_pids(pid)) FROM pg_stat_activity)
          """)),
      Step(
        """
        Cortá la sesión que bloquea y no espera a nadie: su transacción se deshace entera y quienes esperaban siguen \
        solos.
        """,
        run: .sql(
          """
          SELECT pid, pg_terminate_backend(pid) AS cortada FROM pg_stat_activity \
          WHERE wait_event_type IS DISTINCT FROM 'Lock' \
          AND pid IN (SELECT unnest(pg_blocking_pids(pid)) FROM pg_stat_activity)
          """), isRemedy: true),
      Step(
        """
        Si hay pedidos que esperan una conexión (valor mayor que 0) y ningún bloqueo, llegan más pedidos de los que \
        la base atiende: sumá una réplica sólo si a la base le sobra procesador.
        """, run: .query(maxOverTime(Pool.connections(\.self, .is(.waiting))[5.m]))),
      Step(
        """
        Si la máquina está ocupada, la demora es de todos: la carga (el primero de los tres números) pasa la cantidad \
        de procesadores (la última línea). Buscá quién la ocupa antes de reiniciar nada.
        """, run: .shell("uptime; nproc")),
    ] + Step.rollBack(Platform.deposito.name),
    verify: [
      Step("Ningún servicio tarda de más: la lista está vacía.", run: .query(tooSlow)),
      Step("El promedio es de cinco minutos: la alerta se resuelve hasta cinco minutos después de que todo anda bien."),
    ],
    escalate: """
      Si a los 20 minutos sigue, o si el bloqueo vuelve apenas lo cortás, llamá al equipo que figura en la etiqueta \
      team. Si la base tarda sin bloqueos, llamá a plataforma.
      """,
    afterwards: [
      "Anotá qué ruta fue, cuánto tardó, la causa y qué la resolvió.",
      "Si fue un bloqueo, anotá quién lo tomó y para qué: las migraciones y las cargas van con lock_timeout.",
      "Mirá cuánto presupuesto de latencia gastó, en System Overview.",
    ])
}
