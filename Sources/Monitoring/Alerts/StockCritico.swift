import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Too many products are at or below their minimum. Every replica of the service counts the same products, so the
  /// greatest count is taken, never the sum: where they disagree, one of them looks at old data, and to order in vain
  /// costs less than an empty shelf.
  package static let stockCritico = Alert(
    "StockCritico",
    when: max(newest(Negocio.criticalProducts), by: .job) > Scalar(Objectives.criticalProducts),
    for: 15.m,
    severity: .high,
    symptom: .business,
    subject: .planned(.negocio),
    texts: AlertTexts(
      summary: "\(value: .decimals(0)) productos están en stock crítico",
      description: """
        Desde hace más de 15 minutos hay más de 50 productos con stock igual o menor que su mínimo: pronto van a \
        faltar en la góndola.
        """,
      value: "\(value: .decimals(0)) productos en su mínimo o debajo"),
    dashboard: .businessKPIs,
    runbook: stockCriticoRunbook,
    boundaries: [
      Boundary(of: "productos en stock crítico", silentAt: 50, firesAt: 51, labels: negocioFiring) { level, length in
        [critical(.hold(level, length))]
      }
    ],
    cases: [
      AlertCase(
        "tres réplicas cuentan los mismos 30 productos",
        given: ["a:8002", "b:8002", "c:8002"].map { critical(.hold(30, 40.m), instance: $0) },
        expect: [.silent(at: 20.m), .silent(at: 35.m)]),
      AlertCase(
        "dos réplicas no coinciden, y vale la que cuenta más",
        given: [critical(.hold(60, 40.m)), critical(.hold(40, 40.m), instance: "b:8002")],
        expect: [.silent(at: 15.m - AlertCase.interval), .fires(at: 15.m, negocioFiring, value: 60)]),
      AlertCase(
        "el servicio se reinicia en un minuto, y la espera no vuelve a empezar",
        given: [critical(.hold(60, 10.m), .gone(1.m), .hold(60, 20.m))],
        expect: [.silent(at: 15.m - AlertCase.interval), .fires(at: 15.m, negocioFiring, value: 60)]),
      AlertCase(
        "el servicio se reinicia mientras la alerta suena, y sigue sonando",
        given: [critical(.hold(60, 20.m), .gone(1.m), .hold(60, 20.m))],
        expect: [
          .fires(at: 20.m, negocioFiring, value: 60), .fires(at: 20.m + 30.s, negocioFiring, value: 60),
          .fires(at: 22.m, negocioFiring, value: 60),
        ]),
      AlertCase(
        "el servicio cae y no vuelve: calla cuando le toca hablar a ServiceDown",
        given: [critical(.hold(60, 20.m), .gone(20.m))],
        expect: [.fires(at: 21.m + 30.s, negocioFiring, value: 60), .silent(at: 22.m), .silent(at: 35.m)]),
      AlertCase(
        "llega un pedido a los diez minutos, y la espera vuelve a empezar",
        given: [critical(.hold(60, 10.m), .hold(50, 15.s), .hold(60, 30.m))],
        expect: [
          .silent(at: 15.m), .silent(at: 25.m), .fires(at: 25.m + AlertCase.interval, negocioFiring, value: 60),
        ]),
      AlertCase("el servicio no existe", given: [], expect: [.silent(at: 30.m)]),
    ],
    drill: .planned(
      .negocio, "cargá 60 productos con stock por debajo de su mínimo, y después ingresá mercadería de todos."))

  static let negocioFiring: [LabelName: String] = [.job: Job.negocio.rawValue]

  private static func critical(_ samples: Samples..., instance: String = "a:8002") -> SampledSeries {
    SampledSeries(Negocio.criticalProducts, job: Job.negocio, instance: instance, samples)
  }
}

extension Alerts {
  private static let manyCritical =
    max(newest(Negocio.criticalProducts), by: .job) > Scalar(Objectives.criticalProducts)

  private static let inCriticalStock = "FROM deposito.productos WHERE activo AND stock_actual <= stock_minimo"

  private static let stockCriticoRunbook = Runbook(
    meaning: """
      Más de 50 productos llegaron a su stock mínimo. Todavía se venden, pero si no entra mercadería se agotan en \
      horas o días según lo que roten, y el cliente se va sin lo que buscaba. Ningún sistema está caído: es una \
      urgencia del negocio.
      """,
    firstFiveMinutes: [
      Step(
        "Mirá en qué categorías están: una sola suele ser un proveedor que no entregó; todas, una carga que falta.",
        run: .sql(
          "SELECT categoria, count(*) AS productos \(inCriticalStock) GROUP BY categoria ORDER BY 2 DESC LIMIT 10")),
      Step(
        "Anotá los que ya están en cero: son los que se pierden ahora.",
        run: .sql("SELECT codigo, nombre, ubicacion \(inCriticalStock) AND stock_actual = 0 ORDER BY codigo LIMIT 50")),
      Step("Preguntá en la sucursal si hay mercadería recibida que nadie cargó todavía."),
      Step("Avisá en #minimarket-alerts que lo estás mirando, y a compras: son ellos los que piden."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Cuántos productos cuenta AgenteNegocio?", run: .query(manyCritical),
        fault: .contains("\"job\":\"agente_negocio\""),
        conclusion: "El número es la cantidad de productos. Si la lista está vacía, ya bajó de 50: mirá el tablero."),
      Diagnosis(
        "¿La base dice lo mismo?",
        run: .sql("SELECT CASE WHEN count(*) > 50 THEN 'MUCHOS' ELSE 'POCOS' END AS stock \(inCriticalStock)"),
        fault: .contains("MUCHOS"),
        conclusion: """
          MUCHOS confirma la alerta: falta mercadería o falta cargarla. POCOS dice que AgenteNegocio cuenta con datos \
          viejos: reinicialo y escalá a su equipo.
          """),
      Diagnosis(
        "¿Coinciden las réplicas de AgenteNegocio?",
        run: .query(
          max(newest(Negocio.criticalProducts), by: .job) - min(newest(Negocio.criticalProducts), by: .job) > 0),
        fault: .contains("\"job\":\"agente_negocio\""),
        of: .planned(.negocio, "cortale a una réplica el acceso a AgenteDepósito y vendé un producto."),
        conclusion: "Una réplica quedó con datos viejos: reiniciá esa. La alerta cree a la que cuenta más."),
      Diagnosis(
        "¿Hace un día que no entra mercadería?",
        run: .sql(
          """
          SELECT CASE WHEN count(*) = 0 THEN 'SIN_ENTRADAS' ELSE 'CON_ENTRADAS' END AS ingresos \
          FROM deposito.movimientos WHERE tipo = 'ENTRADA' AND created_at > now() - interval '1 day'
          """),
        fault: .contains("SIN_ENTRADAS"), of: .planned(.negocio, "no registres ninguna ENTRADA por un día."),
        conclusion: "Nadie cargó un ingreso en 24 horas: buscá remitos sin cargar antes de pedir de más."),
      Diagnosis(
        "¿Contesta AgenteDepósito, de donde salen los números?",
        run: .status(Platform.deposito, path: "/health"), fault: .lacks("200"), of: .stop(Platform.deposito),
        conclusion: "Sin AgenteDepósito nadie puede cargar lo que llega: atendé primero ServiceDown."),
    ],
    fix: [
      Step("Si hay mercadería recibida sin cargar, que la sucursal registre las ENTRADAS: es lo que más rápido baja."),
      Step(
        "Si falta mercadería, generá las órdenes de compra (POST /api/v1/ordenes/generar) y confirmalas con compras."),
      Step(
        """
        Si un mínimo está mal cargado (mayor que lo que se vende en un mes), corregilo en el producto. Éstos son los \
        más altos:
        """,
        run: .sql(
          "SELECT codigo, nombre, stock_actual, stock_minimo \(inCriticalStock) ORDER BY stock_minimo DESC LIMIT 20")),
      Step("Si AgenteNegocio contaba con datos viejos, reinicialo.", run: .deploy("--restart agente-negocio")),
    ],
    verify: [
      Step("AgenteNegocio cuenta 50 o menos: la lista está vacía.", run: .query(manyCritical)),
      Step("En #minimarket-alerts llega el aviso de resuelta."),
    ],
    escalate: """
      Si a la hora nadie de compras contestó, llamá al encargado de la sucursal. Si la base y AgenteNegocio no \
      coinciden después de reiniciarlo, llamá al equipo que figura en la etiqueta team.
      """,
    afterwards: [
      "Anotá cuántos productos llegaron a cero y por cuánto tiempo: es la venta perdida.",
      "Si se repite en una categoría, revisá con compras el mínimo y el plazo de entrega de su proveedor.",
      "Si fue mercadería sin cargar, acordá con la sucursal quién la carga y a qué hora.",
    ])
}
