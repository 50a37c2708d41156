import Catalog
import Decimal
import Hummingbird
import ServiceKit

/// `POST /api/v1/stock/movement`, `PUT /api/v1/stock/update`, `PUT /api/v1/stock/adjust`: one movement each.
struct MovementRoute: Feature {
  let queue: MovementQueue

  var routes: [Route] { [register, update, adjust] }
  let schemas = ["Movimiento": Movement.schema]

  private var register: Route {
    Route(
      .post, "/api/v1/stock/movement", access: .roles([.deposito, .negocio]),
      Self.operation("Registrar un movimiento de stock", body: MovementOrder.schema)
    ) { request, context in
      try await post(request, context) { fields, user throws(Problem) in
        let order = try MovementOrder(reading: &fields, by: user)
        // Whoever buys brings stock in; whoever takes it out works in the warehouse.
        guard context.principal?.role != .negocio || order.kind == .entrada else { throw .forbidden }
        return order
      }
    }
  }

  private var update: Route {
    let body = Schema.body(
      [
        "producto_id": .identifier, "nueva_cantidad": .number(decimals: Thousandths.digits, minimum: 0),
        "motivo": .text(1...200), "referencia": Schema.text(1...200).nullable,
        "deposito_id": Schema.identifier.nullable,
      ], required: ["producto_id", "nueva_cantidad", "motivo"])
    return Route(
      .put, "/api/v1/stock/update", access: .roles([.deposito]),
      Self.operation("Llevar el stock a una cantidad, con un AJUSTE", body: body)
    ) { request, context in
      try await post(request, context) { fields, user throws(Problem) in
        let product = fields.identifier("producto_id")
        let quantity = fields.decimal("nueva_cantidad", in: ProductDraft.quantities)
        let warehouse = fields.optionalIdentifier("deposito_id")
        let (reason, reference) = Self.texts(&fields)
        try fields.finish()
        return MovementOrder(
          .ajuste, of: product, warehouse == nil ? .untilTotal(quantity) : .untilPart(quantity),
          in: warehouse ?? Warehouse.defaultID, reason: reason, reference: reference, by: user)
      }
    }
  }

  private var adjust: Route {
    let body = Schema.body(
      [
        "producto_id": .identifier, "cantidad_ajuste": .number(decimals: Thousandths.digits),
        "motivo": .text(1...200), "referencia": Schema.text(1...200).nullable,
        "deposito_id": Schema.identifier.nullable,
      ], required: ["producto_id", "cantidad_ajuste", "motivo"])
    return Route(
      .put, "/api/v1/stock/adjust", access: .roles([.deposito]),
      Self.operation("Sumar (ENTRADA) o restar (SALIDA) una cantidad", body: body)
    ) { request, context in
      try await post(request, context) { fields, user throws(Problem) in
        let product = fields.identifier("producto_id")
        let difference = fields.decimal("cantidad_ajuste", in: MovementOrder.differences)
        if difference == .zero { fields.reject("cantidad_ajuste", "no puede ser 0") }
        let warehouse = fields.optionalIdentifier("deposito_id") ?? Warehouse.defaultID
        let (reason, reference) = Self.texts(&fields)
        try fields.finish()
        return MovementOrder(
          difference > .zero ? .entrada : .salida, of: product, .by(difference.magnitude), in: warehouse,
          reason: reason, reference: reference, by: user)
      }
    }
  }

  private static func texts(_ fields: inout FieldReader) -> (reason: String, reference: String?) {
    (fields.text("motivo", length: 1...200), fields.optionalText("referencia", length: 1...200))
  }

  private func post(
    _ request: Request, _ context: ServiceContext,
    _ read: (inout FieldReader, String) throws(Problem) -> MovementOrder
  ) async throws -> Response {
    let user = context.principal?.name ?? ""
    let body = try await JSONCoding.body(of: request, maximumBytes: Route.defaultMaximumBodyBytes)
    var fields = try JSONCoding.object(in: body)
    let order = try read(&fields, user)
    let pending = PendingMovements(
      order, key: try IdempotencyKey(request, body: body, user: user), requestID: context.requestID)
    return try await queue.post(pending).response
  }

  private static func operation(_ summary: String, body: Schema) -> Operation {
    Operation(
      summary, body: body,
      [
        .init(.ok, "El movimiento y el producto como quedó.", schema: MovementAnswer.schema),
        .problem(.notFound, "No existe un producto activo con ese identificador."),
        .problem(
          .conflict, "No hay stock suficiente (stock_insuficiente), o ya se atiende esa clave (idempotencia_en_curso)."),
      ])
  }
}
