import Catalog
import Decimal
import Hummingbird
import MetricModel
import ServiceKit
import Telemetry

/// `POST /api/v1/stock/movement`: stock in or out, with its row in the ledger.
struct MovementRoute: Feature {
  let store: MovementStore
  let metrics: MovementMetrics

  private struct Answer: Encodable {
    let success = true
    let movimientoID: Int64
    let movimiento: Movement
    let producto: Product

    enum CodingKeys: String, CodingKey {
      case success, movimiento, producto
      case movimientoID = "movimiento_id"
    }
  }

  var routes: [Route] { [register] }
  let schemas = ["Movimiento": Movement.schema]

  private var register: Route {
    Route(.post, "/api/v1/stock/movement", access: .roles([.deposito, .negocio]), Self.operation) { request, context in
      var fields = try await JSONCoding.object(of: request, maximumBytes: Route.defaultMaximumBodyBytes)
      let new = try MovementRequest(reading: &fields)
      // Whoever buys brings stock in; whoever takes it out works in the warehouse.
      guard context.principal?.role != .negocio || new.kind == .entrada else { throw Problem.forbidden }
      let (movement, product) = try await metrics.measure(new) {
        try await store.register(new, by: context.principal?.name ?? "")
      }
      return .json(Answer(movimientoID: movement.id, movimiento: movement, producto: product))
    }
  }

  private static let operation = Operation(
    "Registrar una entrada o una salida de stock", body: MovementRequest.schema,
    [
      .init(
        .ok, "El movimiento y el producto como quedó.",
        schema: .object([
          "success": "boolean", "movimiento_id": .identifier, "movimiento": .reference("Movimiento"),
          "producto": .reference("Producto"),
        ])),
      .problem(.notFound, "No existe un producto activo con ese identificador."),
      .problem(.conflict, "No hay stock suficiente (stock_insuficiente)."),
    ])
}

/// `deposito_movimientos_total` and `deposito_productos_procesados_total`.
struct MovementMetrics: Sendable {
  private let movements: CounterInstrument<MovementLabels>
  private let units: CounterInstrument<MovementType>

  init(_ registry: Registry) {
    movements = registry.counter(Deposito.movements)
    units = registry.counter(Deposito.unitsProcessed)
  }

  /// A row that came into the ledger, by whichever way.
  func countRegistered(_ type: MovementType, _ quantity: Quantity) {
    movements.add(1, MovementLabels(type: type, outcome: .registrado))
    units.add(quantity.approximation, type)
  }

  func measure<Result>(_ movement: MovementRequest, _ register: () async throws -> Result) async throws -> Result {
    let type: MovementType = movement.kind == .entrada ? .entrada : .salida
    do {
      let result = try await register()
      countRegistered(type, movement.quantity)
      return result
    } catch let problem as Problem where problem.status.code < 500 {
      movements.add(1, MovementLabels(type: type, outcome: .rechazado))
      throw problem
    } catch {
      movements.add(1, MovementLabels(type: type, outcome: .fallido))
      throw error
    }
  }
}
