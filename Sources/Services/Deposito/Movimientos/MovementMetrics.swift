import Catalog
import Decimal
import MetricModel
import ServiceKit
import Telemetry

/// What movements are counted by.
struct MovementMetrics: Sendable {
  private let movements: CounterInstrument<MovementLabels>
  private let units: CounterInstrument<MovementType>
  let batches: CounterInstrument<StockPath>
  let unanswered: UpDownInstrument<NoLabels>

  init(_ registry: Registry) {
    movements = registry.counter(Deposito.movements)
    units = registry.counter(Deposito.unitsProcessed)
    batches = registry.counter(Deposito.batches)
    unanswered = registry.upDown(Deposito.unanswered)
  }

  /// What became of the movements of a request. What was answered before was counted then.
  func count(_ result: MovementResult, of orders: [MovementOrder]) {
    switch result {
    case .posted(let movements, _): for movement in movements { countRegistered(movement) }
    case .replayed: return
    case .refused: for order in orders { count(order.kind, .rechazado) }
    case .held, .failed: for order in orders { count(order.kind, .fallido) }
    }
  }

  /// A row that came into the ledger, by whichever way.
  func countRegistered(_ movement: Movement) {
    guard let kind = MovementKind(rawValue: movement.tipo) else { return }
    movements.add(1, MovementLabels(type: kind.label, outcome: .registrado))
    units.add(movement.cantidad.magnitude.approximation, kind.label)
  }

  private func count(_ kind: MovementKind, _ outcome: MovementOutcome) {
    movements.add(1, MovementLabels(type: kind.label, outcome: outcome))
  }
}
