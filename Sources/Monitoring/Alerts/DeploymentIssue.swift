import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Something starts again and again. Two witnesses: the supervisor's count, which also sees what never lives long
  /// enough for a scrape, and the start times that processes export, which every engine has. Per replica: four that are
  /// replaced one by one are no crash loop.
  ///
  /// Both are exact, where `increase` would make 3.08 of three restarts.
  package static let deploymentIssue = Alert(
    "DeploymentIssue",
    when: max(supervisorRestarts.or(changes(Process.startTime[10.m])), by: .job) > Scalar(Objectives.maximumRestarts),
    for: 0.s,
    severity: .medium,
    symptom: .anomaly,
    subject: .eachProcess,
    texts: AlertTexts(
      summary: "\(.job) se reinicia una y otra vez",
      description: """
        En los últimos 10 minutos, \(.job) arrancó de nuevo más de 3 veces. O se cae apenas arranca, o alguien lo está \
        desplegando una y otra vez.
        """,
      value: "\(value: .decimals(0)) reinicios en 10 minutos"),
    dashboard: .systemOverview,
    runbook: deploymentIssueRunbook,
    boundaries: [
      Boundary(
        of: "reinicios que contó el supervisor", silentAt: 3, firesAt: 4, begins: 1.m, labels: deposito
      ) { level, length in [restarts(of: Platform.deposito, .hold(0, 1.m), .hold(level, length))] },
      Boundary(
        of: "cambios de la hora de arranque", silentAt: 3, firesAt: 4, begins: 1.m, labels: deposito
      ) { level, length in
        let lives = (1...Int(level)).map { Samples.hold(1_000 + 10 * Double($0), AlertCase.interval) }
        // So many lives later, the last change is at one minute.
        let first = Samples.hold(1_000, 1.m - Period(seconds: AlertCase.interval.seconds * (lives.count - 1)))
        return [starts("a:8001", [first] + lives + [.hold(1_000 + 10 * level, length)])]
      },
    ],
    cases: restartCases + replicaCases,
    drill: .crash(Platform.deposito, times: 4))

  /// By how much the count has grown in ten minutes: from the window's least, so that a count that began again at 0 counts
  /// from there, and one that is first seen at 7 counts nothing. With the job's name for the program's, so that both
  /// witnesses speak of the same.
  private static let supervisorRestarts = {
    let grown = lastOverTime(Supervisor.restarts[10.m]) - minOverTime(Supervisor.restarts[10.m])
    let program = LabelName(Supervisor.Name.self)
    let named = labelReplace(grown, .job, with: "$1", from: program, matching: "(.+)")
    return labelReplace(named, .job, with: "${1}_$2", from: program, matching: "(.+)-(.+)")
  }()
}

extension Alerts {
  private static let deposito: [LabelName: String] = [.job: Job.deposito.rawValue]

  private static let restartCases = [
    AlertCase(
      "cuatro reinicios en once minutos, nunca más de tres en diez",
      given: [
        restarts(of: Platform.deposito, .hold(0, 2.m), .hold(1, 4.m), .hold(2, 3.m), .hold(3, 4.m), .hold(4, 9.m))
      ],
      expect: [.silent(at: 10.m), .silent(at: 13.m), .silent(at: 18.m)]),
    AlertCase(
      "la base se cae cada minuto, y a los diez de la última vez calla",
      given: [
        restarts(of: Platform.postgres, .hold(0, 1.m), .hold(1, 1.m), .hold(2, 1.m), .hold(3, 1.m), .hold(5, 20.m))
      ],
      expect: [
        .silent(at: 4.m - AlertCase.interval), .fires(at: 4.m, [.job: "postgres"], value: 5),
        .fires(at: 11.m + 30.s, [.job: "postgres"], value: 4), .silent(at: 12.m + 30.s),
      ]),
    AlertCase(
      "el supervisor arranca de nuevo y cuenta desde cero",
      given: [restarts(of: Platform.deposito, .hold(7, 5.m), .hold(0, 2.m), .hold(1, 10.m))],
      expect: [.silent(at: 5.m), .silent(at: 8.m), .silent(at: 16.m)]),
    AlertCase(
      "el supervisor arranca de nuevo y el servicio sigue cayéndose",
      given: [restarts(of: Platform.deposito, .hold(7, 5.m), .hold(0, 2.m), .hold(4, 10.m))],
      expect: [.silent(at: 6.m), .fires(at: 8.m, deposito, value: 4)]),
    AlertCase(
      "la cuenta aparece por primera vez y ya va por siete",
      given: [restarts(of: Platform.deposito, .gone(5.m), .hold(7, 10.m))],
      expect: [.silent(at: 5.m), .silent(at: 10.m)]),
    AlertCase(
      "node-exporter desaparece: lo último que dijo vale diez minutos",
      given: [restarts(of: Platform.deposito, .hold(0, 1.m), .hold(4, 1.m), .gone(20.m))],
      expect: [.fires(at: 5.m, deposito, value: 4), .silent(at: 12.m)]),
    AlertCase("nadie cuenta nada", given: [], expect: [.silent(at: 5.m)]),
  ]

  private static let replicaCases = [
    AlertCase(
      "cuatro réplicas se reinician una tras otra",
      given: (0..<4).map { replica in
        starts("r\(replica):8001", [.hold(1_000, Period(seconds: 60 * (replica + 1))), .hold(2_000, 10.m)])
      },
      expect: [.silent(at: 5.m), .silent(at: 8.m)]),
    AlertCase(
      "cuatro réplicas se reemplazan por otras",
      given: (0..<4).flatMap { replica in
        let moment = Period(seconds: 60 * (replica + 1))
        return [
          starts("vieja\(replica):8001", [.hold(1_000, moment), .gone(10.m)]),
          starts("nueva\(replica):8001", [.gone(moment), .hold(2_000, 10.m)]),
        ]
      },
      expect: [.silent(at: 5.m), .silent(at: 8.m)]),
    AlertCase(
      "de dos réplicas una no se sostiene, y lo ven los dos testigos",
      given: [
        starts("a:8001", [.hold(1_000, 20.m)]),
        starts(
          "b:8001",
          [
            .hold(1_000, 1.m), .gone(15.s), .hold(1_060, 45.s), .gone(15.s), .hold(1_120, 45.s), .hold(1_180, 1.m),
            .hold(1_240, 16.m),
          ]),
        restarts(of: Platform.deposito, .hold(2, 1.m), .hold(3, 1.m), .hold(4, 1.m), .hold(5, 1.m), .hold(6, 16.m)),
      ],
      expect: [.silent(at: 4.m - AlertCase.interval), .fires(at: 4.m, deposito, value: 4)]),
  ]

  /// What the supervisor counts of one program, through node-exporter.
  private static func restarts(of process: PlatformProcess, _ samples: Samples...) -> SampledSeries {
    SampledSeries(
      Supervisor.restarts, Supervisor.Name(process.name), job: Job.nodeExporter, instance: "a:9100", samples)
  }

  private static func starts(_ instance: String, _ samples: [Samples]) -> SampledSeries {
    SampledSeries(Process.startTime, job: Job.deposito, instance: instance, samples)
  }
}

extension Alerts {
  private static let restartsByProgram =
    lastOverTime(Supervisor.restarts[10.m]) - minOverTime(Supervisor.restarts[10.m])

  private static let deploymentIssueRunbook = Runbook(
    meaning: """
      Un proceso arranca, se cae y vuelve a arrancar. Entre una vez y otra no atiende: quien usa la caja ve errores de \
      a ratos, y los pedidos que estaban en curso se cortan. Lo confirmado está guardado.
      """,
    firstFiveMinutes: [
      Step("Preguntá en #minimarket-alerts si alguien está desplegando: si es así, que termine antes de seguir."),
      Step("Mirá qué proceso lleva poco tiempo en pie, en la columna DESDE.", run: .deploy("--status")),
      Step(
        "Si empezó con un despliegue, volvé a la versión anterior ahora, como dice abajo, y buscá la causa después."),
      Step("Si suena DatabaseDown o DiskSpaceCritical, atendé esa: sin base o sin disco nada arranca."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué programa se cae, según el supervisor?",
        run: .query(restartsByProgram > Scalar(Objectives.maximumRestarts)),
        fault: .contains("\"name\":\"agente-deposito\""),
        conclusion: """
          El programa nombrado terminó por su cuenta y el supervisor lo volvió a arrancar. Con la lista vacía, los \
          reinicios fueron pedidos: alguien despliega, o un orquestador lo mata.
          """),
      Diagnosis(
        "¿Llega a contestar entre una caída y otra?",
        run: .query(changes(Process.startTime[10.m]) > Scalar(1)),
        fault: .contains("\"job\":\"agente_deposito\""),
        conclusion: """
          Prometheus le vio varias horas de arranque distintas: llega a contestar, y lo que lo mata viene después, con un \
          pedido o con el tiempo. Si acá no está y arriba sí, muere apenas arranca: es su configuración, un puerto \
          ocupado o algo de lo que depende.
          """),
    ],
    fix: [
      Step(
        "Leé sus últimas líneas: la última antes de cada arranque dice por qué terminó.",
        run: .deploy("--logs agente-deposito")),
      Step(
        "Si no hay última línea, lo mataron: mirá si fue el núcleo por falta de memoria.",
        run: .shell("journalctl -k --since -1h --grep 'Killed process' --no-pager")),
      Step("Si la configuración está mal, corregila en .env.production y aplicala.", run: .deploy("--up")),
    ] + Step.rollBack(Platform.deposito.name),
    verify: [
      Step(
        "Ningún programa pasa de 3: la lista está vacía.",
        run: .query(restartsByProgram > Scalar(Objectives.maximumRestarts))),
      Step("La cuenta es de diez minutos: la alerta se resuelve sola diez minutos después del último reinicio."),
      Step("El servicio contesta 200.", run: .status(Platform.deposito, path: "/health")),
    ],
    escalate: """
      Si a los 30 minutos sigue, o si volver a la versión anterior no alcanza, llamá al equipo que figura en la \
      etiqueta team. Si se caen varios a la vez, llamá a plataforma.
      """,
    afterwards: [
      "Anotá cuántas veces se cayó, por qué y qué lo resolvió.",
      "Si la causa fue un cambio, escribí la prueba que lo habría frenado antes del despliegue.",
      "Si murió por memoria, revisá su límite en Topology y qué la consumió.",
    ])
}
