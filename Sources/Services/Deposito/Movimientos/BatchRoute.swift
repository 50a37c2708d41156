import Catalog
import Hummingbird
import ServiceKit

/// `POST /api/v1/stock/movements/batch`: many movements, all or none of them.
struct BatchRoute: Feature {
  static let maximumMovements = 1_000

  let queue: MovementQueue

  private struct Answer: Encodable {
    let success = true
    let movimientos: [Movement]
    let productos: [Product]
  }

  var routes: [Route] { [register] }

  private var register: Route {
    let operation = Operation(
      "Registrar hasta \(Self.maximumMovements) movimientos: todos o ninguno",
      body: .body(
        ["movimientos": .list(of: MovementOrder.schema, count: 1...Self.maximumMovements)], required: ["movimientos"]),
      [
        .init(
          .ok, "Los movimientos, en el orden en que se pidieron, y los productos como quedaron.",
          schema: .object([
            "success": "boolean", "movimientos": .list(of: .reference("Movimiento")),
            "productos": .list(of: .reference("Producto")),
          ])),
        .problem(.notFound, "No existe un producto activo con uno de los identificadores."),
        .problem(.conflict, "A uno le falta stock (stock_insuficiente): no se registró ninguno."),
      ])
    return Route(
      .post, "/api/v1/stock/movements/batch", access: .roles([.deposito, .negocio]), operation
    ) { request, context in
      let write = try await WriteRequest(request, context)
      return try await offLoop {
        let orders = try Self.orders(in: write)
        guard context.principal?.role != .negocio || orders.allSatisfy({ $0.kind == .entrada }) else {
          throw Problem.forbidden
        }
        return try await queue.post(Self.pending(orders, write)).response
      }
    }
  }

  private static func orders(in write: WriteRequest) throws(Problem) -> [MovementOrder] {
    var fields = try write.fields()
    let list = fields.objects("movimientos", count: 1...maximumMovements)
    try fields.finish()
    var orders: [MovementOrder] = []
    orders.reserveCapacity(list.count)
    var problems: [FieldProblem] = []
    for (index, item) in list.enumerated() {
      var item = item
      do throws(Problem) {
        orders.append(try MovementOrder(reading: &item, by: write.user))
      } catch {
        problems += error.fields.map { $0.within("movimientos[\(index)]") }
      }
    }
    if !problems.isEmpty { throw .validation(problems) }
    return orders
  }

  private static func pending(_ orders: [MovementOrder], _ write: WriteRequest) -> PendingMovements {
    PendingMovements(
      orders: orders, key: write.key, requestID: write.requestID,
      answer: { WriteAnswer(Answer(movimientos: $0.movements, productos: $0.products)) },
      problem: { Problem($0.refusal).within("movimientos[\($0.place)]") })
  }
}

extension Problem {
  /// The same of one of several.
  fileprivate func within(_ place: String) -> Problem {
    Problem(
      status, code: code, "\(detail) Es \(place); no se registró ninguno.", fields: fields.map { $0.within(place) },
      headers: headers)
  }
}

extension FieldProblem {
  fileprivate func within(_ place: String) -> FieldProblem {
    FieldProblem(field: "\(place).\(field)", message: message)
  }
}
