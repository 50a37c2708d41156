import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// A service is down when none of its replicas answers, or when it has no target at all: one replica of two that is
  /// missing calls nobody. Both sides of `or` carry `job` alone, so that a service that stops answering and then
  /// leaves the discovery stays one alert.
  package static let serviceDown = Alert(
    "ServiceDown",
    when: Platform.services.compactMap(\.job).reduce(
      max(Prometheus.up(.job, .isOneOf(Platform.services.compactMap(\.job))), by: .job) == 0
    ) { $0.or(absent(Prometheus.up(.job, .is($1)))) },
    for: 2.m,
    keepsFiringFor: Objectives.faultMemory,
    severity: .critical,
    symptom: .unavailable,
    subject: .eachOf(Platform.services),
    texts: AlertTexts(
      summary: "\(.job) no responde",
      description: """
        Ninguna réplica de \(.job) contesta a Prometheus desde hace más de 2 minutos, o no queda ninguna por consultar.
        """,
      value: "0 réplicas en pie"),
    dashboard: .systemOverview,
    mutes: [.othersOfItsService],
    runbook: serviceDownRunbook,
    cases: Platform.services.compactMap(\.job).flatMap(serviceDownCases) + [otherJobDown],
    drill: .stop(drilled))

  /// The service that the drill stops; the others' questions have their own faults.
  private static let drilled = Platform.deposito

  private static func serviceDownCases(_ job: Job) -> [AlertCase] {
    let others = Platform.services.compactMap(\.job).filter { $0 != job }.map {
      SampledSeries(Prometheus.up, job: $0, instance: "otro:80", [.hold(1, 20.m)])
    }
    func up(_ instance: String, _ samples: Samples...) -> SampledSeries {
      SampledSeries(Prometheus.up, job: job, instance: instance, samples)
    }
    let firing: [LabelName: String] = [.job: job.rawValue]
    return [
      AlertCase(
        "\(job.rawValue) responde", given: others + [up("a:80", .hold(1, 20.m))],
        expect: [.silent(at: 3.m), .silent(at: 15.m)]),
      AlertCase(
        "\(job.rawValue) deja de responder a los 5 minutos y vuelve a los 10",
        given: others + [up("a:80", .hold(1, 5.m), .hold(0, 5.m), .hold(1, 10.m))],
        expect: [
          .silent(at: 5.m), .silent(at: 7.m - AlertCase.interval), .fires(at: 7.m, firing),
          .fires(at: 15.m - AlertCase.interval, firing), .silent(at: 15.m),
        ]),
      AlertCase(
        "\(job.rawValue) se reinicia en menos de 2 minutos",
        given: others + [up("a:80", .hold(1, 5.m), .hold(0, 2.m), .hold(1, 5.m))],
        expect: [.silent(at: 7.m - AlertCase.interval), .silent(at: 7.m), .silent(at: 10.m)]),
      AlertCase(
        "\(job.rawValue) pierde una réplica de dos, y después la otra",
        given: others + [up("a:80", .hold(1, 5.m), .hold(0, 15.m)), up("b:80", .hold(1, 10.m), .hold(0, 10.m))],
        expect: [.silent(at: 9.m), .silent(at: 12.m - AlertCase.interval), .fires(at: 12.m, firing)]),
      AlertCase(
        "\(job.rawValue) deja de responder y un minuto después sale del descubrimiento",
        given: others + [up("a:80", .hold(1, 5.m), .hold(0, 1.m), .gone(10.m))],
        expect: [.silent(at: 7.m - AlertCase.interval), .fires(at: 7.m, firing), .fires(at: 14.m, firing)]),
      AlertCase(
        "\(job.rawValue) nunca tuvo un destino", given: others,
        expect: [.silent(at: 2.m - AlertCase.interval), .fires(at: 2.m, firing)]),
    ]
  }

  private static let otherJobDown = AlertCase(
    "cae un proceso que no es un servicio",
    given: Platform.services.compactMap(\.job).map {
      SampledSeries(Prometheus.up, job: $0, instance: "a:80", [.hold(1, 20.m)])
    } + [SampledSeries(Prometheus.up, job: Job.alertmanager, instance: "b:80", [.hold(0, 20.m)])],
    expect: [.silent(at: 10.m)])
}

extension Alerts {
  private static let serviceDownRunbook = Runbook(
    meaning: """
      Uno de los servicios no contesta: quien lo use recibe un error 502 o 503. Si es agente_deposito no se pueden \
      consultar productos ni registrar movimientos de stock, y lo vendido mientras tanto hay que cargarlo después. Lo \
      ya confirmado está guardado: no se pierde.
      """,
    firstFiveMinutes: [
      Step("Mirá qué procesos están en pie y cuál no.", run: .deploy("--status")),
      Step(
        """
        Si hay un despliegue en curso, esperá a que termine: un reinicio dura menos de 2 minutos y esta alerta no \
        debería sonar. Si suena, el despliegue falló.
        """),
      Step("Si DatabaseDown también está activa, atendé primero esa: el servicio arranca solo cuando vuelve la base."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Cuál es el servicio caído, y lo ve Prometheus?",
        run: .query(max(Prometheus.up(.job, .isOneOf(Platform.services.compactMap(\.job))), by: .job) == 0),
        fault: .contains("\"job\""),
        conclusion: """
          El servicio nombrado no contesta a Prometheus. Si la lista está vacía y la alerta sigue activa, el servicio \
          no tiene ningún destino: revisá en el descubrimiento que el contenedor o el proceso exista.
          """)
    ]
      + Platform.services.map {
        Diagnosis(
          "¿Contesta \($0.name) en su puerto?", run: .status($0, path: "/health/live"), fault: .lacks("200"),
          of: $0.name == drilled.name ? nil : .stop($0),
          conclusion: """
            El proceso no está o no escucha: seguí con su log. Si en cambio contesta, el problema está entre \
            Prometheus y el servicio: red, puerto o nombre.
            """)
      },
    fix: [
      Step("Leé las últimas líneas del log: la causa suele estar en la última de nivel error.")
    ]
      + Platform.services.flatMap {
        [
          Step("Log de \($0.name):", run: .deploy("--logs \($0.name)")),
          Step(
            "Reinicio de \($0.name):", run: .deploy("--restart \($0.name)"), isRemedy: $0.name == drilled.name),
        ]
      } + [
        Step(
          """
          Si vuelve a caer al arrancar, deshacé el último cambio de .env.production o de versión, y reiniciá. Si el \
          log dice que una migración no coincide, no la fuerces: escalá.
          """)
      ],
    verify: [
      Step("Todo figura en pie.", run: .deploy("--status")),
      Step(
        "Prometheus vuelve a ver 1 en cada servicio.",
        run: .query(max(Prometheus.up(.job, .isOneOf(Platform.services.compactMap(\.job))), by: .job))),
      Step(
        """
        En #minimarket-alerts llega el aviso de resuelta unos seis minutos después: hasta entonces siguen mudas las \
        que recuerdan la falla.
        """),
    ],
    escalate: """
      Si a los 15 minutos sigue caído, llamá al equipo que figura en la etiqueta team de la alerta. Si hay más de un \
      servicio caído a la vez, llamá a plataforma sin esperar.
      """,
    afterwards: [
      "Anotá la hora de inicio y de fin, la causa y qué la resolvió.",
      "Si se perdieron ventas por cargar, pedí a la sucursal que las registre como movimientos con motivo «venta».",
      "Si la causa puede repetirse, abrí una tarea: un reinicio no es un arreglo.",
    ])
}
