import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// PostgreSQL does not answer, as far as its exporter knows.
  package static let databaseDown = Alert(
    "DatabaseDown",
    when: unanswered(PG.up, from: .postgresExporter),
    for: 1.m,
    keepsFiringFor: Objectives.faultMemory,
    severity: .critical,
    symptom: .unavailable,
    subject: .process(Platform.postgres),
    texts: AlertTexts(
      summary: "PostgreSQL no responde",
      description: """
        El exportador no logra hablar con PostgreSQL desde hace más de 1 minuto, o el exportador mismo no contesta. \
        Mientras dure, nadie puede registrar movimientos de stock.
        """,
      value: "sin respuesta de la base"),
    dashboard: .systemOverview,
    mutes: [.symptomsOfDependants([.errors, .latency])],
    runbook: databaseDownRunbook,
    cases: [
      AlertCase(
        "la base responde", given: [pgUp(.hold(1, 20.m))], expect: [.silent(at: 2.m), .silent(at: 15.m)]),
      AlertCase(
        "la base deja de responder a los 5 minutos y vuelve a los 8: lo que recuerdan las tasas sigue mudo",
        given: [pgUp(.hold(1, 5.m), .hold(0, 3.m), .hold(1, 10.m))],
        expect: [
          .silent(at: 5.m), .silent(at: 6.m - AlertCase.interval), .fires(at: 6.m, databaseFiring),
          .fires(at: 13.m - AlertCase.interval, databaseFiring), .silent(at: 13.m),
        ]),
      AlertCase(
        "la base se reinicia en menos de un minuto",
        given: [pgUp(.hold(1, 5.m), .hold(0, 1.m), .hold(1, 5.m))],
        expect: [.silent(at: 6.m - AlertCase.interval), .silent(at: 6.m), .silent(at: 8.m)]),
      AlertCase(
        "el exportador deja de contestar a los 5 minutos",
        given: [
          pgUp(.hold(1, 5.m), .gone(10.m)),
          SampledSeries(
            Prometheus.up, job: Job.postgresExporter, instance: "a:9187", [.hold(1, 5.m), .hold(0, 10.m)]),
        ],
        expect: [.silent(at: 6.m - AlertCase.interval), .fires(at: 6.m, databaseFiring)]),
      AlertCase(
        "el exportador nunca tuvo un destino", given: [],
        expect: [.silent(at: 1.m - AlertCase.interval), .fires(at: 1.m, databaseFiring)]),
      AlertCase(
        "de dos exportadores, uno llega a la base",
        given: [
          pgUp(.hold(1, 20.m)),
          SampledSeries(PG.up, job: Job.postgresExporter, instance: "b:9187", [.hold(0, 20.m)]),
        ],
        expect: [.silent(at: 10.m)]),
    ],
    drill: .stop(Platform.postgres))

  private static let databaseFiring: [LabelName: String] = [.job: Job.postgresExporter.rawValue]

  private static func pgUp(_ samples: Samples...) -> SampledSeries {
    SampledSeries(PG.up, job: Job.postgresExporter, instance: "a:9187", samples)
  }
}

extension Alerts {
  private static let databaseDownRunbook = Runbook(
    meaning: """
      Sin PostgreSQL ningún servicio puede leer ni escribir: todo lo que toque stock o productos contesta 503 con \
      Retry-After. Lo que ya se confirmó está en disco y no se pierde; lo que se intente mientras tanto hay que \
      repetirlo.
      """,
    firstFiveMinutes: [
      Step("Mirá si el proceso postgres está en pie.", run: .deploy("--status")),
      Step("Mirá si queda espacio en el disco del estado: una base sin espacio se detiene sola."),
      Step("No borres nada del directorio de datos, ni siquiera archivos que parezcan viejos."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿El exportador contesta y dice que la base no?",
        run: .query(PG.up(.job, .is(Job.postgresExporter)) == 0), fault: .contains("\"job\":\"postgres_exporter\""),
        conclusion: "PostgreSQL no contesta: es la base. Seguí con la pregunta sobre los servicios."),
      Diagnosis(
        "¿O es el exportador el que no contesta?",
        run: .query(Prometheus.up(.job, .is(Job.postgresExporter)) == 0),
        fault: .contains("\"job\":\"postgres_exporter\""), of: .stop(Platform.postgresExporter),
        conclusion: """
          El exportador está caído y de la base no se sabe nada: mirá si los servicios trabajan, y reiniciá el \
          exportador.
          """),
    ]
      + Platform.services.filter { $0.dependsOn.contains(Platform.postgres.name) }.map {
        Diagnosis(
          "¿Llega \($0.name) a la base?", run: .status($0, path: "/health"), fault: .lacks("200"),
          conclusion:
            "El servicio tampoco llega: la base está caída para todos, y no sólo para el exportador. Si contesta 200, mirá el exportador."
        )
      },
    fix: [
      Step("Leé el log de la base: la causa está en la última línea FATAL o PANIC.", run: .deploy("--logs postgres")),
      Step("Si falta espacio, liberalo fuera del directorio de datos (logs viejos, copias ya llevadas a otro lado)."),
      Step("Reiniciá la base.", run: .deploy("--restart postgres"), isRemedy: true),
      Step("Si sólo estaba caído el exportador:", run: .deploy("--restart postgres-exporter")),
      Step(
        """
        Con una base externa (DATABASE_URL definida), revisá con su proveedor: acá no hay proceso postgres que \
        reiniciar. Probá también que la clave no haya vencido.
        """),
    ],
    verify: [
      Step("El exportador vuelve a ver la base: el valor es 1.", run: .query(PG.up(.job, .is(Job.postgresExporter))))
    ]
      + Platform.services.filter { $0.dependsOn.contains(Platform.postgres.name) }.map {
        Step("\($0.name) vuelve a contestar 200.", run: .status($0, path: "/health"))
      } + [Step("Los servicios se reconectan solos: no hace falta reiniciarlos.")],
    escalate: """
      Si a los 10 minutos la base no volvió, llamá a plataforma. Llamá enseguida, y no reinicies otra vez, si el log \
      habla de PANIC, de un bloque inválido o de un archivo que falta: puede haber datos dañados.
      """,
    afterwards: [
      "Anotá la hora de inicio y de fin, la causa y qué la resolvió.",
      "Controlá que el stock de cada producto sea la suma de sus movimientos.",
      "Si hubo daño, guardá una copia del directorio de datos antes de restaurar una copia de seguridad.",
    ])
}
