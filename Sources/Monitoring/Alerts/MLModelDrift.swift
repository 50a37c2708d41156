import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// What a model is asked no longer resembles what it learned. For each model by itself; of its replicas, which see
  /// different requests, the one that is farthest off.
  package static let mlModelDrift = Alert(
    "MLModelDrift",
    when: max(newest(ML.drift), by: .job, LabelName(ModelName.self)) > Scalar(Objectives.driftScore),
    for: 1.h,
    severity: .medium,
    symptom: .anomaly,
    subject: .planned(.ml),
    texts: AlertTexts(
      summary: "El modelo \(LabelName(ModelName.self)) ya no se parece a los datos",
      description: """
        Desde hace más de una hora, lo que se le pregunta al modelo \(LabelName(ModelName.self)) se aparta de aquello \
        con lo que se entrenó: su índice de estabilidad (PSI) supera 0,15. Sus predicciones pueden estar erradas.
        """,
      value: "deriva de \(value: .decimals(3))"),
    dashboard: .mlService,
    runbook: mlModelDriftRunbook,
    boundaries: [
      Boundary(of: "deriva de un modelo", silentAt: 0.15, firesAt: 0.16, labels: driftFiring(.demanda)) {
        level, length in [drift(.demanda, .hold(level, length))]
      }
    ],
    cases: [
      AlertCase(
        "de tres modelos deriva uno",
        given: [
          drift(.demanda, .hold(0.05, 130.m)), drift(.precio, .hold(0.25, 130.m)),
          drift(.inflacion, .hold(0.15, 130.m)),
        ],
        expect: [.silent(at: 60.m - AlertCase.interval), .fires(at: 60.m, driftFiring(.precio), value: 0.25)]),
      AlertCase(
        "derivan dos: son dos avisos",
        given: [drift(.demanda, .hold(0.5, 130.m)), drift(.precio, .hold(0.25, 130.m))],
        expect: [
          .fires(
            at: 60.m,
            all: [
              .init(labels: driftFiring(.demanda), value: 0.5), .init(labels: driftFiring(.precio), value: 0.25),
            ])
        ]),
      AlertCase(
        "dos réplicas no coinciden, y vale la más apartada",
        given: [
          drift(.demanda, .hold(0.125, 130.m)), drift(.demanda, .hold(0.25, 130.m), instance: "b:8003"),
        ],
        expect: [.fires(at: 60.m, driftFiring(.demanda), value: 0.25)]),
      AlertCase(
        "el servicio se reinicia en un minuto, y la espera no vuelve a empezar",
        given: [drift(.demanda, .hold(0.25, 40.m), .gone(1.m), .hold(0.25, 40.m))],
        expect: [.silent(at: 60.m - AlertCase.interval), .fires(at: 60.m, driftFiring(.demanda), value: 0.25)]),
      AlertCase(
        "el servicio cae y no vuelve: calla cuando le toca hablar a ServiceDown",
        given: [drift(.demanda, .hold(0.25, 70.m), .gone(30.m))],
        expect: [.fires(at: 71.m + 30.s, driftFiring(.demanda), value: 0.25), .silent(at: 72.m), .silent(at: 90.m)]),
      AlertCase(
        "el modelo se entrena de nuevo y la deriva baja",
        given: [drift(.demanda, .hold(0.25, 70.m), .hold(0.01, 60.m))],
        expect: [.fires(at: 69.m, driftFiring(.demanda), value: 0.25), .silent(at: 70.m), .silent(at: 120.m)]),
      AlertCase("el servicio no existe", given: [], expect: [.silent(at: 90.m)]),
    ],
    drill: .planned(.ml, "subí ventas con las cantidades por día de la semana cambiadas de lugar, hasta que derive."))

  private static func driftFiring(_ model: ModelName) -> [LabelName: String] {
    mlFiring.merging([LabelName(ModelName.self): model.labelValue]) { $1 }
  }

  private static func drift(_ model: ModelName, _ samples: Samples..., instance: String = "a:8003") -> SampledSeries {
    SampledSeries(ML.drift, model, job: Job.ml, instance: instance, samples)
  }
}

extension Alerts {
  private static let model = LabelName(ModelName.self)
  private static let drifted = max(newest(ML.drift), by: .job, model) > Scalar(Objectives.driftScore)

  private static let mlModelDriftRunbook = Runbook(
    meaning: """
      El modelo sigue contestando, pero aprendió de datos que ya no se parecen a los de hoy: la demanda o el precio \
      que predice pueden estar errados, y con ellos las órdenes de compra que se proponen. La caja no nota nada.
      """,
    firstFiveMinutes: [
      Step("Mirá qué modelo es y cuánto deriva.", run: .query(drifted)),
      Step("Avisá a compras que no confirme órdenes propuestas sin mirarlas, hasta nuevo aviso."),
      Step("Pensá qué cambió: un feriado, una promoción, una sucursal nueva, una carga de datos. Casi siempre es eso."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué modelo deriva?", run: .query(drifted), fault: .contains("\"model_name\""),
        conclusion: """
          Hasta 0,25 el cambio es moderado y alcanza con entrenar de nuevo; por encima, mirá primero los datos. \
          Varios modelos a la vez señalan los datos de entrada, no a los modelos.
          """),
      Diagnosis(
        "¿Acierta menos que hace una semana?",
        run: .query(
          min(ML.accuracy, by: .job, model) - min(ML.accuracy.selection.offset(7.d), by: .job, model) < -5),
        fault: .contains("\"model_name\""), of: .planned(.ml, "subí ventas reales al doble de lo que se predijo."),
        conclusion: "La deriva ya se nota en las predicciones: entrená hoy. Si la lista está vacía, puede esperar."),
      Diagnosis(
        "¿Coinciden las réplicas?",
        run: .query(max(newest(ML.drift), by: .job, model) - min(newest(ML.drift), by: .job, model) > 0.1),
        fault: .contains("\"model_name\""),
        of: .planned(.ml, "con dos réplicas, entrená y cortale a una la carga del modelo nuevo."),
        conclusion: "Una réplica sigue con un modelo viejo: reiniciá ml-service antes de entrenar."),
      Diagnosis(
        "¿Fallan los entrenamientos por falta de datos?",
        run: .query(sum(increase(ML.errors(\.self, .is(.data))[1.d]), by: .job) > 0),
        fault: .contains("\"job\":\"ml_service\""), of: .planned(.ml, "pedí entrenar con dos días de ventas."),
        conclusion: "Se intentó entrenar y no alcanzaron los datos: faltan ventas por cargar."),
    ],
    fix: [
      Step(
        "Mirá que las ventas de los últimos días estén: un día sin ventas o al doble es una carga mal hecha.",
        run: .sql(
          """
          SELECT date_trunc('day', created_at) AS dia, count(*) AS ventas, sum(cantidad) AS unidades \
          FROM deposito.movimientos WHERE tipo = 'SALIDA' AND motivo = 'venta' \
          AND created_at > now() - interval '14 days' GROUP BY 1 ORDER BY 1
          """)),
      Step("Si una carga está mal, subí el archivo corregido: la misma fecha y código reemplaza a lo anterior."),
      Step(
        """
        Si los datos están bien, entrená de nuevo (POST /api/v1/train) y esperá a que el trabajo termine en \
        «completado»: la deriva se mide contra el modelo nuevo.
        """),
      Step("Si no baja, volvé a la versión anterior del modelo y escalá: no entrenes otra vez a ciegas."),
    ],
    verify: [
      Step("Ningún modelo supera 0,15: la lista está vacía.", run: .query(drifted)),
      Step("El acierto de cada modelo no bajó con el cambio.", run: .query(min(ML.accuracy, by: .job, model))),
      Step("Avisá a compras que puede volver a confiar en las órdenes propuestas."),
    ],
    escalate: """
      No hace falta despertar a nadie: es trabajo del equipo que figura en la etiqueta team, dentro del día. Si ya se \
      confirmaron órdenes de compra con predicciones erradas, avisá a compras enseguida.
      """,
    afterwards: [
      "Anotá qué cambió en los datos y si se podía saber antes: un feriado se carga en el calendario.",
      "Si derivó por una carga mal hecha, pedí que la carga la rechace.",
      "Si deriva cada pocas semanas, acortá el plazo con que se entrena.",
    ])
}
