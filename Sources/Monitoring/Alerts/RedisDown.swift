import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Redis does not answer, or still reads its data after a start, as far as its exporter knows.
  package static let redisDown = Alert(
    "RedisDown",
    when: unanswered(RedisInstance.up, from: .redisExporter),
    for: 2.m,
    keepsFiringFor: Objectives.faultMemory,
    severity: .critical,
    symptom: .unavailable,
    subject: .process(Platform.redis),
    texts: AlertTexts(
      summary: "Redis no responde",
      description: """
        El exportador no logra hablar con Redis desde hace más de 2 minutos, o el exportador mismo no contesta. \
        Mientras dure no hay caché ni avisos entre servicios: todo va a la base y tarda más.
        """,
      value: "sin respuesta de Redis"),
    dashboard: .systemOverview,
    mutes: [.symptomsOfDependants([.errors, .latency])],
    runbook: redisDownRunbook,
    cases: [
      AlertCase(
        "Redis responde", given: [redisUp(.hold(1, 20.m))], expect: [.silent(at: 3.m), .silent(at: 15.m)]),
      AlertCase(
        "Redis deja de responder a los 5 minutos y vuelve a los 9",
        given: [redisUp(.hold(1, 5.m), .hold(0, 4.m), .hold(1, 10.m))],
        expect: [
          .silent(at: 5.m), .silent(at: 7.m - AlertCase.interval), .fires(at: 7.m, redisFiring),
          .fires(at: 14.m - AlertCase.interval, redisFiring), .silent(at: 14.m),
        ]),
      AlertCase(
        "Redis se reinicia y lee sus datos en menos de dos minutos",
        given: [redisUp(.hold(1, 5.m), .hold(0, 2.m), .hold(1, 5.m))],
        expect: [.silent(at: 7.m - AlertCase.interval), .silent(at: 7.m), .silent(at: 9.m)]),
      AlertCase(
        "el exportador deja de contestar a los 5 minutos",
        given: [
          redisUp(.hold(1, 5.m), .gone(10.m)),
          SampledSeries(Prometheus.up, job: Job.redisExporter, instance: "a:9121", [.hold(1, 5.m), .hold(0, 10.m)]),
        ],
        expect: [.silent(at: 7.m - AlertCase.interval), .fires(at: 7.m, redisFiring)]),
      AlertCase(
        "el exportador nunca tuvo un destino", given: [],
        expect: [.silent(at: 2.m - AlertCase.interval), .fires(at: 2.m, redisFiring)]),
      AlertCase(
        "de dos exportadores, uno llega a Redis",
        given: [
          redisUp(.hold(1, 20.m)),
          SampledSeries(RedisInstance.up, job: Job.redisExporter, instance: "b:9121", [.hold(0, 20.m)]),
        ],
        expect: [.silent(at: 10.m)]),
    ],
    drill: .stop(Platform.redis))

  private static let redisFiring: [LabelName: String] = [.job: Job.redisExporter.rawValue]

  private static func redisUp(_ samples: Samples...) -> SampledSeries {
    SampledSeries(RedisInstance.up, job: Job.redisExporter, instance: "a:9121", samples)
  }
}

extension Alerts {
  private static let redisDownRunbook = Runbook(
    meaning: """
      Redis guarda lo que se puede volver a calcular: la caché y los avisos entre servicios. Sin él nada de lo \
      confirmado se pierde, pero las consultas van todas a PostgreSQL y tardan más, y lo que un servicio avisa a otro \
      llega recién cuando Redis vuelve.
      """,
    firstFiveMinutes: [
      Step("Mirá si el proceso redis está en pie.", run: .deploy("--status")),
      Step(
        """
        Si acaba de arrancar, puede estar leyendo su archivo: con muchos datos tarda. El log lo dice («Loading», \
        «DB loaded»).
        """, run: .deploy("--logs redis")),
      Step("Mirá si queda espacio en el disco del estado: sin espacio Redis no acepta escrituras."),
      Step("No borres el archivo appendonly: es lo que Redis lee al volver."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿El exportador contesta y dice que Redis no?",
        run: .query(RedisInstance.up(.job, .is(Job.redisExporter)) == 0),
        fault: .contains("\"job\":\"redis_exporter\""),
        conclusion: "Redis no contesta o todavía lee sus datos: es Redis. Seguí con su log."),
      Diagnosis(
        "¿O es el exportador el que no contesta?",
        run: .query(Prometheus.up(.job, .is(Job.redisExporter)) == 0),
        fault: .contains("\"job\":\"redis_exporter\""), of: .stop(Platform.redisExporter),
        conclusion: "El exportador está caído y de Redis no se sabe nada: reinicialo y volvé a mirar."),
    ],
    fix: [
      Step("Leé el log de Redis: la causa está en sus últimas líneas.", run: .deploy("--logs redis")),
      Step("Si falta espacio, liberalo fuera del directorio de datos."),
      Step(
        """
        Si habla de memoria (OOM, maxmemory), alguien guarda más de lo previsto: mirá qué claves crecen antes de \
        reiniciar.
        """),
      Step("Reinicialo.", run: .deploy("--restart redis"), isRemedy: true),
      Step("Si sólo estaba caído el exportador:", run: .deploy("--restart redis-exporter")),
      Step(
        """
        Con un Redis externo (REDIS_URL definida), revisá con su proveedor: acá no hay proceso redis que reiniciar. \
        Probá también que la clave no haya cambiado.
        """),
    ],
    verify: [
      Step(
        "El exportador vuelve a ver a Redis: el valor es 1.",
        run: .query(RedisInstance.up(.job, .is(Job.redisExporter)))),
      Step("Los servicios se reconectan solos: no hace falta reiniciarlos."),
    ],
    escalate: """
      Si a los 15 minutos Redis no volvió, llamá a plataforma. Llamá enseguida si el log dice que su archivo está \
      dañado («Bad file format», «Unexpected end of file»): no lo arregles sin una copia.
      """,
    afterwards: [
      "Anotá la hora de inicio y de fin, la causa y qué la resolvió.",
      "Mirá cuánto subió la carga de PostgreSQL mientras duró: si casi no alcanzó, hay que darle más lugar.",
    ])
}
