import Catalog
import MetricModel
import PromQL
import Recording
import Topology

extension Alerts {
  /// A job logs more than three times what it did in a busy hour of the last week. Without some volume it is no trouble,
  /// and a job that was not there three hours ago has no usual. A storm that stays becomes usual when it takes more than
  /// a tenth of what is known: after some eighteen hours where a week is known, sooner where less is.
  package static let logVolumeSpike = Alert(
    "LogVolumeSpike",
    when:
      logsTooMuch
      .and(Recordings.logRate > Scalar(Objectives.minimumLogRate))
      .and(Recordings.logRate.selection.offset(3.h)),
    for: 15.m,
    severity: .medium,
    symptom: .anomaly,
    subject: .eachProcess,
    texts: AlertTexts(
      summary: "\(.job) escribe mucho más log que de costumbre",
      description: """
        Desde hace más de 15 minutos, \(.job) escribe más del triple de mensajes que en una hora cargada de la \
        última semana. O algo falla una y otra vez, o alguien dejó encendido un nivel detallado.
        """,
      value: "\(value: .decimals(1)) mensajes por segundo"),
    dashboard: .systemOverview,
    runbook: logVolumeSpikeRunbook,
    cases: [
      AlertCase(
        "el triple justo: +200 % no alcanza", given: [logs(.grow(by: 15, 200.m), .grow(by: 45, 40.m))],
        expect: [.silent(at: 230.m)]),
      AlertCase(
        "siete veces lo habitual",
        // Seven of the window's twenty steps into the storm, the rate is 1 + 6 × 7/20; six steps in it is 2.8.
        given: [logs(.grow(by: 15, 200.m), .grow(by: 105, 110.m))],
        // The hour that ends y minutes into the storm has a rate of 1 + y/10. An hour after that, a tenth of the 200 + y
        // minutes that are known are above 1 + (0.9 y - 20)/10, whose triple is 7 when y is 37.
        expect: [
          .silent(at: 200.m + 90.s + 15.m - AlertCase.interval),
          .fires(at: 200.m + 90.s + 15.m, depositoLogs, value: 7),
          .fires(at: 295.m, depositoLogs, value: 7), .silent(at: 299.m),
        ]),
      AlertCase(
        "una tormenta de un solo nivel, en una de dos réplicas",
        given: [
          logs(.grow(by: 7.5, 240.m)), logs(.grow(by: 7.5, 240.m), instance: "b:8001"),
          logs(.hold(0, 200.m), .grow(by: 90, 40.m), level: .error, instance: "b:8001"),
        ],
        expect: [.silent(at: 200.m), .fires(at: 225.m, depositoLogs, value: 7)]),
      AlertCase(
        "un job nuevo no tiene costumbre", given: [logs(.grow(by: 15, 120.m), .grow(by: 105, 40.m))],
        expect: [.silent(at: 150.m)]),
      AlertCase(
        "desaparece en plena tormenta",
        given: [logs(.grow(by: 15, 200.m), .grow(by: 105, 10.m), .gone(20.m))], expect: [.silent(at: 220.m)]),
      habits, morning,
    ],
    drill: .stormLog(Platform.deposito))

  private static let depositoLogs: [LabelName: String] = [.job: Job.deposito.rawValue]

  /// After quiet hours one job is as loud as before them, the other three and a half times as loud.
  private static let morning = AlertCase(
    "abren después de una noche callada: uno como el día anterior, otro mucho más",
    given: [
      logs(.grow(by: 150, 70.m), .grow(by: 15, 130.m), .grow(by: 150, 40.m)),
      logs(.grow(by: 120, 70.m), .grow(by: 15, 130.m), .grow(by: 420, 40.m), job: .negocio),
    ],
    expect: [.silent(at: 200.m), .fires(at: 230.m, [.job: Job.negocio.rawValue], value: 28)])

  /// Ten times next to nothing is still little, five times little is not; one that never wrote has no less of a storm, and
  /// one that always writes much, even through a restart, has none.
  private static let habits = AlertCase(
    "cada uno con su costumbre: diez veces casi nada, cinco veces poco, de nada a dos, y mucho como siempre",
    given: [
      logs(.grow(by: 1.5, 200.m), .grow(by: 15, 40.m)),
      logs(.grow(by: 3.75, 200.m), .grow(by: 18.75, 40.m), job: .negocio),
      logs(.hold(0, 200.m), .grow(by: 30, 40.m), job: .postgresExporter),
      logs(.grow(by: 150, 200.m), .restart(by: 150, 40.m), job: .ml),
    ],
    expect: [
      .silent(at: 200.m),
      .fires(
        at: 230.m,
        all: [
          AlertCase.Firing(labels: [.job: Job.negocio.rawValue], value: 1.25),
          AlertCase.Firing(labels: [.job: Job.postgresExporter.rawValue], value: 2),
        ]),
    ])

  /// Messages that a replica logged; 15 a sample are one a second.
  private static func logs(
    _ samples: Samples..., level: LevelLabel = .info, job: Job = .deposito, instance: String = "a:8001"
  ) -> SampledSeries {
    SampledSeries(Logs.messages, level, job: job, instance: instance, samples)
  }
}

extension Alerts {
  private static let logsTooMuch =
    Recordings.logRate > Scalar(Objectives.logVolumeFactor) * Recordings.usualLogRate

  private static let byLevel = sum(rate(Logs.messages[5.m]), by: .job, LabelName(LevelLabel.self))

  private static let logVolumeSpikeRunbook = Runbook(
    meaning: """
      Los clientes todavía no notan nada. Un log que crece así suele ser el primer aviso de algo que falla y se \
      reintenta, y llena el disco y Loki: cuando no quepan más, se pierden justo los mensajes que harían falta.
      """,
    firstFiveMinutes: [
      Step("Si suena HighErrorRate, DatabaseDown o RedisDown, atendé esa: el log sólo la cuenta."),
      Step("Mirá cuánto escribe cada job ahora.", run: .query(topk(5, Recordings.logRate))),
      Step(
        "Mirá que quede disco. Por debajo del 20 %, no busques la causa primero: bajá el volumen.",
        run: .shell("df -h --output=target,pcent,avail")),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué job escribe más del triple de lo habitual?",
        run: .query(logsTooMuch.and(Recordings.logRate > Scalar(Objectives.minimumLogRate))),
        fault: .contains("\"job\":\"agente_deposito\""),
        conclusion: """
          El job nombrado y cuántos mensajes por segundo escribe. Si son varios a la vez, lo que falla es algo que \
          comparten: la base, Redis, la red.
          """),
      Diagnosis(
        "¿Qué nivel es?", run: .query(byLevel > Scalar(Objectives.minimumLogRate)),
        fault: .contains("\"job\":\"agente_deposito\""),
        conclusion: """
          error o warning: algo falla una y otra vez, y el mensaje dice qué. info: más pedidos que de costumbre, o \
          alguien que los repite. debug o trace: alguien subió LOG_LEVEL y se olvidó.
          """),
      Diagnosis(
        "¿Llegan más pedidos que de costumbre?",
        run: .query(
          Recordings.requestRate > Scalar(Objectives.logVolumeFactor) * Recordings.requestRate.selection.offset(1.h)),
        fault: .contains("\"job\":\"agente_deposito\""),
        conclusion: """
          Cada pedido deja una línea: el log sólo acompaña al tráfico. Buscá quién pide tanto en el log de acceso de \
          nginx. Si la lista está vacía, el tráfico es el de siempre y el servicio habla de más.
          """),
    ],
    fix: [
      Step("Leé qué mensaje se repite.", run: .deploy("--logs agente-deposito")),
      Step(
        "Si es debug o trace, volvé a poner LOG_LEVEL=info en .env.production y reiniciá el servicio.",
        run: .deploy("--restart agente-deposito")),
      Step("Si un cliente repite el pedido sin parar, avisale, o frená su dirección en nginx."),
      Step("Si es un error que se reintenta, arreglá su causa: el log baja solo."),
      Step(
        """
        Si no alcanza el disco, borrá los archivos rotados más viejos (terminan en un número o en .gz), nunca el que se \
        está escribiendo.
        """),
    ],
    verify: [
      Step(
        "Que calle no alcanza: lo que dura casi un día ya cuenta como habitual. Mirá que el volumen haya bajado.",
        run: .query(topk(5, Recordings.logRate))),
      Step("Ningún job supera el triple: la lista está vacía.", run: .query(logsTooMuch)),
      Step(
        "Nada se perdió mientras tanto: todos los valores son 0.",
        run: .query(sum(increase(Logs.dropped[1.h]), by: .job))),
    ],
    escalate: """
      Si en un día no se entiende la causa, pasáselo al equipo que figura en la etiqueta team. Si el disco baja del \
      10 %, tratala como DiskSpaceCritical.
      """,
    afterwards: [
      "Anotá qué mensaje era, cuántas veces y por qué.",
      "Si un mensaje se repite sin decir nada nuevo, bajale el nivel o contalo en una métrica.",
    ])
}
