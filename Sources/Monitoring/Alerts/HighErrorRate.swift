import Catalog
import MetricModel
import PromQL
import Recording
import Topology

extension Alerts {
  /// A service answers too many of its requests with 5xx. Over all its replicas: one that fails among ten is seen as a
  /// tenth. Without some traffic the share says nothing.
  package static let highErrorRate = Alert(
    "HighErrorRate",
    when: (Recordings.errorRatio > Scalar(Objectives.errorRatioCritical))
      .and(Recordings.requestRate > Scalar(Objectives.minimumRequestRate)),
    for: 5.m,
    severity: .critical,
    symptom: .errors,
    subject: .eachService,
    texts: AlertTexts(
      summary: "\(.job) contesta con errores",
      description: """
        Desde hace más de 5 minutos, \(.job) contesta con un estado 5xx más del 5 % de sus pedidos.
        """,
      value: "\(value: .percentage) de los pedidos con error"),
    dashboard: .systemOverview,
    // The same errors, told by the budget that they burn.
    mutes: [.alerts(ErrorBudgetBurn.names(section: "ErrorBudgetBurnErrors"), equal: [.job])],
    runbook: highErrorRateRunbook,
    boundaries: [
      Boundary(
        of: "parte de los pedidos contestada con 5xx", silentAt: 0.05, firesAt: 0.0625, begins: AlertCase.interval,
        labels: depositoJob
      ) { level, length in
        // In two minutes 20 and 1 a second, both exactly: at the threshold the share is the threshold, to the last bit.
        requests(.grow(by: 300, length), errors: .grow(by: 300 * level, length))
      }
    ],
    cases: [
      AlertCase(
        "de noche se pierden todos los pedidos, que son pocos",
        given: requests(.grow(by: 2, 30.m), errors: .grow(by: 2, 30.m)), expect: [.silent(at: 20.m)]),
      AlertCase(
        "con poco tráfico, la mitad con error",
        given: requests(.grow(by: 6, 30.m), errors: .grow(by: 3, 30.m)),
        expect: [.fires(at: 20.m, depositoJob, value: 0.5)]),
      AlertCase(
        "con el mínimo de tráfico todavía no dice nada",
        given: requests(.grow(by: 3, 30.m), errors: .grow(by: 3, 30.m)), expect: [.silent(at: 20.m)]),
      AlertCase(
        "nadie usa el servicio", given: requests(.hold(50, 30.m), errors: .hold(9, 30.m)),
        expect: [
          .silent(at: 20.m)
        ]),
      AlertCase(
        "los contadores vuelven a cero con un reinicio",
        given: requests(
          .grow(by: 100, 10.m), .restart(by: 100, 20.m), errors: .hold(5000, 10.m), .hold(0, 20.m)),
        expect: [.silent(at: 12.m), .silent(at: 20.m)]),
      AlertCase(
        "de diez réplicas una contesta todo con error, y reciben lo mismo",
        given: (0..<10).flatMap { replica in
          requests(
            .grow(by: 100, 30.m), errors: replica == 0 ? .grow(by: 100, 30.m) : .hold(0, 30.m),
            instance: "r\(replica):8001")
        },
        expect: [.fires(at: 20.m, depositoJob, value: 0.1)]),
      AlertCase(
        "los errores cesan a los diez minutos, y con el promedio la alerta",
        given: requests(.grow(by: 100, 30.m), errors: .grow(by: 20, 10.m), .hold(800, 20.m)),
        expect: [.fires(at: 10.m - AlertCase.interval, depositoJob, value: 0.2), .silent(at: 12.m)]),
      AlertCase(
        "una ráfaga de tres minutos que ya pasó",
        given: requests(.grow(by: 100, 30.m), errors: .hold(0, 10.m), .grow(by: 100, 3.m), .hold(1200, 17.m)),
        expect: [.silent(at: 14.m), .silent(at: 16.m), .silent(at: 18.m)]),
      AlertCase("el servicio no existe", given: [], expect: [.silent(at: 20.m)]),
    ],
    drill: .revokeDatabaseRights)

  private static let depositoJob: [LabelName: String] = [.job: Job.deposito.rawValue]

  /// A service's requests, and those of them that it answered with 503.
  private static func requests(
    _ all: Samples..., errors: Samples..., instance: String = "a:8001"
  ) -> [SampledSeries] {
    let endpoint = Endpoint(method: "GET", route: "/api/v1/productos")
    let failed = HTTPLabels(endpoint: endpoint, status: .serviceUnavailable)
    return [
      SampledSeries(
        HTTP.requests, HTTPLabels(endpoint: endpoint, status: .ok), job: Job.deposito, instance: instance, all),
      SampledSeries(HTTP.errors, failed, job: Job.deposito, instance: instance, errors),
    ]
  }
}

extension Alerts {
  private static let failing = Recordings.errorRatio > Scalar(Objectives.errorRatioCritical)

  /// In words: an error of psql's own has most single letters in it.
  static let mayUseSchema =
    "SELECT CASE WHEN has_schema_privilege('deposito_app', 'deposito', 'USAGE') THEN 'permitido' ELSE 'SIN PERMISO' END"

  private static let highErrorRateRunbook = Runbook(
    meaning: """
      De cada cien pedidos, más de cinco terminan en un error del servidor: en la caja hay consultas y movimientos que \
      fallan y que alguien repite. Lo que se contestó con error no quedó registrado; lo confirmado está guardado.
      """,
    firstFiveMinutes: [
      Step("Mirá qué procesos están en pie.", run: .deploy("--status")),
      Step("Si DatabaseDown o RedisDown están activas, atendé primero esas: los errores son su consecuencia."),
      Step("Si acaba de haber un despliegue, volvé a la versión anterior, como dice abajo, antes de buscar la causa."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué servicio contesta con errores?", run: .query(failing), fault: .contains("\"job\":\"agente_deposito\""),
        conclusion: "El servicio nombrado supera el 5 %. Si la lista está vacía, ya pasó: mirá la hora en el tablero."),
      Diagnosis(
        "¿En qué ruta y con qué estado?",
        run: .query(
          sum(
            rate(HTTP.errors(\.status, .satisfying { $0.code >= 500 })[5.m]), by: .job, LabelName(RouteLabel.self),
            LabelName(HTTPStatus.self)) > 0),
        fault: .contains("\"status\":\"5"),
        conclusion: """
          Un 503 dice que una dependencia falta o que la cola está llena; un 500, que el servicio se topó con algo que \
          no esperaba. Una sola ruta señala un cambio en ella; todas, algo que comparten: la base.
          """),
      Diagnosis(
        "¿Puede la aplicación usar su esquema?",
        run: .sql(mayUseSchema), fault: .contains("SIN PERMISO"),
        conclusion: "SIN PERMISO dice que alguien le quitó el permiso: la base vive, y rechaza cada consulta."),
    ],
    fix: [
      Step("Leé en el log el último error: dice qué falló y contra qué.", run: .deploy("--logs agente-deposito")),
      Step(
        "Si falta el permiso, devolvelo.", run: .sql("GRANT USAGE ON SCHEMA deposito TO deposito_app"), isRemedy: true),
      Step("Si una sola réplica falla, reiniciá esa: las demás siguen atendiendo."),
    ] + Step.rollBack(Platform.deposito.name),
    verify: [
      Step("Ningún servicio supera el 5 %: la lista está vacía.", run: .query(failing)),
      Step("En #minimarket-alerts llega el aviso de resuelta: el promedio es de dos minutos, y tarda eso."),
    ],
    escalate: """
      Si a los 15 minutos sigue, o si toca a más de un servicio, llamá al equipo que figura en la etiqueta team y a \
      plataforma.
      """,
    afterwards: [
      "Anotá la hora de inicio y de fin, la causa y qué la resolvió.",
      "Mirá cuánto presupuesto de errores gastó, en System Overview.",
      "Si la causa fue un cambio, escribí la prueba que lo habría frenado.",
    ])
}
