import Catalog
import Decimal
import ServiceKit
import Telemetry

/// `deposito_movimientos_total` and `deposito_productos_procesados_total`.
struct MovementMetrics: Sendable {
  private let movements: CounterInstrument<MovementLabels>
  private let units: CounterInstrument<MovementType>

  init(_ registry: Registry) {
    movements = registry.counter(Deposito.movements)
    units = registry.counter(Deposito.unitsProcessed)
  }

  /// A row that came into the ledger, by whichever way.
  func countRegistered(_ movement: Movement) {
    guard let kind = MovementKind(rawValue: movement.tipo) else { return }
    movements.add(1, MovementLabels(type: kind.label, outcome: .registrado))
    units.add(movement.cantidad.magnitude.approximation, kind.label)
  }

  func count(_ kind: MovementKind, _ outcome: MovementOutcome) {
    movements.add(1, MovementLabels(type: kind.label, outcome: outcome))
  }
}
