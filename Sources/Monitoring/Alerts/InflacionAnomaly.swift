import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// The inflation that our own prices show is far from the configured one, either way. Each replica is compared with
  /// its own configuration and the farthest one counts: while a new configuration is rolled out, one replica's
  /// calculation must not be held against another's baseline.
  package static let inflacionAnomaly = Alert(
    "InflacionAnomaly",
    when: max(abs(inflationGap), by: .job) > Scalar(Objectives.inflationDifferencePoints),
    for: 30.m,
    severity: .medium,
    symptom: .business,
    subject: .planned(.ml),
    texts: AlertTexts(
      summary: "La inflación calculada se aparta de la configurada",
      description: """
        Desde hace más de 30 minutos, la inflación mensual que muestran nuestros precios y la configurada en \
        INFLACION_MENSUAL difieren en más de 5 puntos, hacia arriba o hacia abajo.
        """,
      value: "\(value: .decimals(1)) puntos de diferencia"),
    dashboard: .businessKPIs,
    runbook: inflacionAnomalyRunbook,
    boundaries: [
      Boundary(of: "puntos por encima de la configurada", silentAt: 5, firesAt: 5.125, labels: mlFiring) {
        level, length in inflation(.hold(4.5 + level, length), baseline: .hold(4.5, length))
      },
      Boundary(of: "puntos por debajo de la configurada", silentAt: 5, firesAt: 5.125, labels: mlFiring) {
        level, length in inflation(.hold(4.5 - level, length), baseline: .hold(4.5, length))
      },
    ],
    cases: [
      AlertCase(
        "dos réplicas, y una se aparta",
        given: inflation(.hold(5, 70.m), baseline: .hold(4.5, 70.m))
          + inflation(.hold(12.5, 70.m), baseline: .hold(4.5, 70.m), instance: "b:8003"),
        expect: [.silent(at: 30.m - AlertCase.interval), .fires(at: 30.m, mlFiring, value: 8)]),
      // Across the replicas the greatest calculation is 2 points from the greatest baseline.
      AlertCase(
        "una réplica todavía tiene la configuración vieja",
        given: inflation(.hold(14, 70.m), baseline: .hold(12, 70.m))
          + inflation(.hold(14, 70.m), baseline: .hold(4.5, 70.m), instance: "b:8003"),
        expect: [.fires(at: 30.m, mlFiring, value: 9.5)]),
      AlertCase(
        "se aparta hacia arriba y enseguida hacia abajo: la espera no vuelve a empezar",
        given: inflation(.hold(10, 15.m), .hold(-2, 30.m), baseline: .hold(4.5, 45.m)),
        expect: [.silent(at: 30.m - AlertCase.interval), .fires(at: 30.m, mlFiring, value: 6.5)]),
      AlertCase(
        "el servicio se reinicia en un minuto, y la espera no vuelve a empezar",
        given: inflation(
          .hold(12, 20.m), .gone(1.m), .hold(12, 20.m), baseline: .hold(4.5, 20.m), .gone(1.m), .hold(4.5, 20.m)),
        expect: [.silent(at: 30.m - AlertCase.interval), .fires(at: 30.m, mlFiring, value: 7.5)]),
      AlertCase(
        "el servicio cae y no vuelve: calla cuando le toca hablar a ServiceDown",
        given: inflation(.hold(12, 40.m), .gone(20.m), baseline: .hold(4.5, 40.m), .gone(20.m)),
        expect: [.fires(at: 41.m + 30.s, mlFiring, value: 7.5), .silent(at: 42.m), .silent(at: 55.m)]),
      AlertCase(
        "todavía no hay datos para calcularla",
        given: Array(inflation(.hold(0, 70.m), baseline: .hold(12, 70.m)).dropFirst()), expect: [.silent(at: 60.m)]),
      AlertCase("el servicio no existe", given: [], expect: [.silent(at: 60.m)]),
    ],
    drill: .planned(.ml, "poné INFLACION_MENSUAL diez puntos por encima de la calculada y reiniciá ml-service."))

  static let mlFiring: [LabelName: String] = [.job: Job.ml.rawValue]

  /// Points of the calculated inflation over the configured one, by replica.
  private static let inflationGap = newest(ML.calculatedInflation) - newest(ML.baselineInflation)

  private static func inflation(
    _ calculated: Samples..., baseline: Samples..., instance: String = "a:8003"
  ) -> [SampledSeries] {
    [
      SampledSeries(ML.calculatedInflation, job: Job.ml, instance: instance, calculated),
      SampledSeries(ML.baselineInflation, job: Job.ml, instance: instance, baseline),
    ]
  }
}

extension Alerts {
  private static let farInflation = max(abs(inflationGap), by: .job) > Scalar(Objectives.inflationDifferencePoints)

  private static let inflacionAnomalyRunbook = Runbook(
    meaning: """
      Los precios de reposición que consulta la caja se calculan con la inflación configurada. Si la real es mayor, se \
      vende por debajo de lo que cuesta reponer; si es menor, se vende caro y se pierden clientes. Nada está caído y \
      nada se pierde: hay que decidir qué número es el bueno.
      """,
    firstFiveMinutes: [
      Step("Mirá la inflación que muestran los precios, en por ciento mensual.", run: .query(ML.calculatedInflation)),
      Step("Mirá la configurada (INFLACION_MENSUAL).", run: .query(ML.baselineInflation)),
      Step("Compará las dos con el último dato publicado por el INDEC: la que esté lejos de él es la sospechosa."),
      Step("No apliques una actualización de precios hasta saber cuál es la buena."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿La calculada está por encima?",
        run: .query(max(inflationGap, by: .job) > Scalar(Objectives.inflationDifferencePoints)),
        fault: .contains("\"job\":\"ml_service\""), of: .planned(.ml, "poné INFLACION_MENSUAL en cero y reiniciá."),
        conclusion: "Los precios suben más de lo configurado: con estos valores se vende por debajo de la reposición."),
      Diagnosis(
        "¿La calculada está por debajo?",
        run: .query(min(inflationGap, by: .job) < Scalar(-Objectives.inflationDifferencePoints)),
        fault: .contains("\"job\":\"ml_service\""),
        conclusion: "Los precios suben menos de lo configurado, o se dejaron de cargar precios de compra nuevos."),
      Diagnosis(
        "¿Las réplicas tienen la misma configuración?",
        run: .query(max(newest(ML.baselineInflation), by: .job) - min(newest(ML.baselineInflation), by: .job) > 0),
        fault: .contains("\"job\":\"ml_service\""),
        of: .planned(.ml, "con dos réplicas, cambiá INFLACION_MENSUAL y reiniciá una sola."),
        conclusion: "Un cambio de INFLACION_MENSUAL no llegó a todas: reiniciá ml-service."),
      Diagnosis(
        "¿La calculada saltó de un día para otro?",
        run: .query(
          abs(ML.calculatedInflation - ML.calculatedInflation.selection.offset(1.d))
            > Scalar(Objectives.inflationDifferencePoints)),
        fault: .contains("\"job\":\"ml_service\""),
        of: .planned(.ml, "multiplicá por diez los precios de compra de una categoría."),
        conclusion: "La inflación no salta 5 puntos en un día: alguien cargó precios mal. Buscalos con lo que sigue."),
      Diagnosis(
        "¿Hay precios con la coma corrida?",
        run: .sql(
          """
          SELECT CASE WHEN count(*) > 0 THEN 'SOSPECHOSOS' ELSE 'NINGUNO' END AS precios FROM deposito.productos \
          WHERE activo AND (precio_venta < precio_compra OR precio_venta > 10 * precio_compra)
          """),
        fault: .contains("SOSPECHOSOS"), of: .planned(.ml, "cargá un producto con precio de venta 0.01 y compra 100."),
        conclusion: "Hay productos que se venden a menos de lo que cuestan, o a más de diez veces: revisalos primero."),
    ],
    fix: [
      Step(
        "Si hay precios mal cargados, corregilos en el producto. Son éstos:",
        run: .sql(
          """
          SELECT codigo, nombre, precio_compra, precio_venta, updated_at FROM deposito.productos WHERE activo AND \
          (precio_venta < precio_compra OR precio_venta > 10 * precio_compra) ORDER BY updated_at DESC LIMIT 50
          """)),
      Step(
        "Si la calculada es la buena, poné su valor en INFLACION_MENSUAL, en .env.production, y reiniciá.",
        run: .deploy("--restart")),
      Step("Después pedí la vista previa de la actualización de precios, que la mire compras, y recién ahí aplicala."),
    ],
    verify: [
      Step("Difieren en 5 puntos o menos: la lista está vacía.", run: .query(farInflation)),
      Step("Consultá el precio de dos o tres productos conocidos: tienen que sonar razonables."),
    ],
    escalate: """
      No hace falta despertar a nadie: al empezar el día, hablalo con compras y con el equipo que figura en la \
      etiqueta team. Si hay precios de venta por debajo del costo en productos que rotan mucho, avisá al encargado ya.
      """,
    afterwards: [
      "Anotá qué número era el bueno, de dónde salió y quién lo decidió.",
      "Si se vendió por debajo de la reposición, estimá cuánto y en qué productos.",
      "Si la configurada quedó vieja, agendá revisarla con cada publicación del INDEC.",
    ])
}
