import Catalog
import MetricModel
import PromQL
import Recording
import Topology

extension Alerts {
  /// Half of a service's requests are slower than they should be: not a few hard ones, as in `HighLatency`, but the
  /// ordinary one. Quiet without requests, whose quantile is NaN, and with few.
  package static let slowRequests = Alert(
    "SlowRequests",
    when: ordinaryIsSlow.and(Recordings.requestRate > Scalar(Objectives.minimumRequestRate)),
    for: 20.m,
    severity: .medium,
    symptom: .latency,
    subject: .eachService,
    texts: AlertTexts(
      summary: "\(.job) está lento",
      description: """
        Desde hace más de 20 minutos, la mitad de los pedidos a \(.job) tarda más de 200 ms.
        """,
      value: "P50 de \(value: .duration)"),
    dashboard: .performance,
    runbook: slowRequestsRunbook,
    boundaries: [
      // Of a hundred requests, the 50th stands at the end of the bucket up to 0.2 s, or 14/64 into the next one's 0.1 s.
      Boundary(
        of: "pedidos de más de 200 ms, de cada cien", silentAt: 50, firesAt: 64, begins: AlertCase.interval,
        labels: SlowTraffic.labels, value: { 0.2 + 0.1 * ($0 - 50) / $0 }
      ) { level, length in
        SlowTraffic(fast: 0.15, slow: 0.25).series(slow: level, of: 100) { [.grow(by: $0, length)] }
      }
    ],
    cases: [
      AlertCase(
        "de noche hay pocos pedidos y todos son lentos",
        given: traffic.series(slow: 3, of: 3) { [.grow(by: $0, 60.m)] }, expect: [.silent(at: 50.m)]),
      AlertCase(
        "un tercio de los pedidos es lentísimo: eso lo dice HighLatency",
        given: traffic.series(slow: 33, of: 100) { [.grow(by: $0, 60.m)] }, expect: [.silent(at: 50.m)]),
      AlertCase(
        "nadie usa el servicio, que antes fue lento",
        given: traffic.series(slow: 100, of: 100) { [.grow(by: $0, 15.m), .hold(60 * $0, 60.m)] },
        expect: [.silent(at: 21.m), .silent(at: 50.m)]),
      AlertCase(
        "se reinicia a mitad de camino y sigue lento",
        given: traffic.series(slow: 100, of: 100) { [.grow(by: $0, 12.m), .restart(by: $0, 30.m)] },
        // All of them between 1 and 2.5 s: the quantile is half of the way.
        expect: [.fires(at: 21.m, SlowTraffic.labels, value: 1.75)]),
      AlertCase(
        "de dos réplicas una es lenta, y recibe la mitad de los pedidos",
        given: traffic.series(slow: 100, of: 100, instance: "a:8001") { [.grow(by: $0, 60.m)] }
          + traffic.series(slow: 0, of: 100, instance: "b:8001") { [.grow(by: $0, 60.m)] },
        expect: [.silent(at: 50.m)]),
      AlertCase(
        "el servicio lento desaparece: de él avisa ServiceDown",
        given: traffic.series(slow: 100, of: 100) { [.grow(by: $0, 15.m), .gone(30.m)] },
        expect: [.silent(at: 21.m), .silent(at: 30.m)]),
      AlertCase("el servicio no existe", given: [], expect: [.silent(at: 30.m)]),
    ],
    drill: .lockTable(milliseconds: 265))

  private static let traffic = SlowTraffic(fast: 0.02, slow: 2)

  private static let ordinaryIsSlow = Recordings.p50Latency > Scalar(Objectives.p50LatencySeconds)
}

extension Alerts {
  private static let slowRequestsRunbook = Runbook(
    meaning: """
      La mitad de los pedidos tarda más de 200 ms: todo anda, y todo anda pesado. Quien usa la caja lo siente en cada \
      pantalla, aunque nada falle. Si además sonara HighLatency, esta no se avisaría: acá el pedido común se volvió \
      lento sin que los peores hayan empeorado tanto.
      """,
    firstFiveMinutes: [
      Step("No es urgente: nadie pierde datos. Atendé primero cualquier alerta crítica o alta."),
      Step(
        "Mirá desde cuándo: un salto señala un cambio; una subida de días, datos que crecen.",
        run: .query(Recordings.p50Latency)),
      Step("¿Hubo un despliegue, una carga de datos o una copia de seguridad a esa hora?"),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué rutas son lentas aun en el pedido común?", run: .query(routesSlow),
        fault: .contains("\"route\":\"/api/v1/productos"),
        conclusion: """
          Las rutas de la lista pasan los 200 ms en la mitad de sus pedidos. Si es sólo la de login, es el cálculo de \
          la clave y su costo es a propósito: fijate si alguien la prueba una y otra vez.
          """),
      Diagnosis(
        "¿La sentencia común de la base es lenta?", run: .query(statementsSlow),
        fault: .contains("\"statement\":\""),
        conclusion: """
          La sentencia de la lista es la lenta: le falta un índice, lee de más o espera un bloqueo. Si no hay ninguna, \
          el tiempo se va en el servicio o en la máquina.
          """),
      Diagnosis(
        "¿Las sentencias trabajan o esperan?",
        run: .sql(
          """
          SELECT count(*) AS sesiones, wait_event_type AS espera FROM pg_stat_activity \
          WHERE application_name = 'agente-deposito' AND state = 'active' GROUP BY wait_event_type
          """),
        fault: .contains("| Lock"),
        conclusion: """
          Lock dice que esperan a otra sesión: seguí el runbook de HighLatency hasta encontrar cuál. IO, que leen del \
          disco lo que no entra en memoria. Vacío, que trabajan de verdad.
          """),
    ],
    fix: [
      Step(
        "Si esperan un bloqueo, cortá la sesión que lo tiene y no espera a nadie: su transacción se deshace entera.",
        run: .sql(
          """
          SELECT pid, pg_terminate_backend(pid) AS cortada FROM pg_stat_activity \
          WHERE wait_event_type IS DISTINCT FROM 'Lock' \
          AND pid IN (SELECT unnest(pg_blocking_pids(pid)) FROM pg_stat_activity)
          """), isRemedy: true),
      Step(
        "Si las estadísticas de una tabla son viejas, la base elige mal cómo leerla: actualizalas, no molesta a nadie.",
        run: .sql("ANALYZE deposito.productos, deposito.movimientos")),
      Step("Si la máquina está ocupada, mirá quién la ocupa.", run: .shell("uptime; nproc")),
    ] + Step.rollBack(Platform.deposito.name),
    verify: [
      Step("Ningún servicio está lento: la lista está vacía.", run: .query(ordinaryIsSlow)),
      Step("Mirá en Performance que el P50 haya vuelto a donde estaba la semana pasada."),
    ],
    escalate: """
      Si al día siguiente sigue, pasáselo al equipo que figura en la etiqueta team. Si empieza a sonar HighLatency, \
      tratala como esa.
      """,
    afterwards: [
      "Anotá qué ruta y qué sentencia eran, y cuánto tardan ahora.",
      "Si faltaba un índice, agregalo con una migración y medí antes y después.",
    ])

  private static let routesSlow =
    histogramQuantile(0.5, sum(rate(HTTP.duration[5.m]), by: .job, LabelName(RouteLabel.self)))
    > Scalar(Objectives.p50LatencySeconds)

  private static let statementsSlow =
    histogramQuantile(0.5, sum(rate(Pool.queries[5.m]), by: .job, LabelName(StatementLabel.self)))
    > Scalar(Objectives.p50LatencySeconds)
}
