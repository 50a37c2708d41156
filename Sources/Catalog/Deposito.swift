import MetricModel

/// What agente-deposito counts beside its requests.
package enum Deposito {
  package static let movements = Family<Counter, MovementLabels>(
    "deposito_movimientos_total", "Stock movements asked for, by type and outcome.")
  package static let unitsProcessed = Family<Counter, MovementType>(
    "deposito_productos_procesados_total", "Units of product moved, by type of movement.")

  package static let batches = Family<Counter, StockPath>(
    "deposito_transacciones_de_movimientos_total",
    "Transactions that wrote movements that arrived together, by their way.",
    use: .notNeeded("read by hand when movements are slow"))
  package static let unanswered = Family<UpDown, NoLabels>(
    "deposito_movimientos_en_curso", "Movements that wait for their transaction, or are on their way.",
    use: .notNeeded("read by hand when movements are refused"))

  package enum CategoryKey: LabelKey { package static let name = "categoria" }
  package typealias Category = OpenValue<CategoryKey>

  package static let productsByCategory = Family<Gauge, Category>(
    "deposito_productos_por_categoria", "Active products by category.")

  package static let logins = Family<Counter, LoginOutcome>(
    "deposito_logins_total", "Attempts to log in, by outcome.",
    use: .notNeeded("read by hand when somebody guesses passwords"))

  package static let all = [
    movements.descriptor, unitsProcessed.descriptor, batches.descriptor, unanswered.descriptor,
    productsByCategory.descriptor, logins.descriptor,
  ]
}

/// The ledger's types, as the API spells them.
package enum MovementType: ClosedLabel {
  case entrada, salida, ajuste, transferencia
  package static let labelName = "tipo"
  @inlinable package static var count: Int { 4 }
  package var labelValue: String { caseName.uppercased() }
}

package enum MovementOutcome: ClosedLabel {
  /// In the ledger.
  case registrado
  /// Refused by a rule: no such product, not enough stock.
  case rechazado
  /// Not known to be in the ledger: the database was away or too slow.
  case fallido
  package static let labelName = "resultado"
  @inlinable package static var count: Int { 3 }
}

package enum StockPath: ClosedLabel {
  /// Decided from what was known of the products, without a lock.
  case conocido
  /// The products' rows were locked, then read.
  case leido
  /// What was known was not true any more, or the row was held: nothing was written that way.
  case desmentido
  /// A draft that counted upon another transaction that did not come, or had a key that was used before.
  case descartado
  package static let labelName = "via"
  @inlinable package static var count: Int { 4 }
}

package struct MovementLabels: CompositeLabels {
  package let type: MovementType
  package let outcome: MovementOutcome
  @inlinable package var shape: Pair<MovementType, MovementOutcome> { Pair(type, outcome) }
  package init(type: MovementType, outcome: MovementOutcome) {
    self.type = type
    self.outcome = outcome
  }
}

package enum LoginOutcome: ClosedLabel {
  /// A token was given out.
  case ok
  /// No such user, or another password.
  case claveIncorrecta
  /// Refused before the password was looked at: too many attempts.
  case limitado
  /// Refused before the password was looked at: too many are being checked already.
  case ocupado
  package static let labelName = "resultado"
  @inlinable package static var count: Int { 4 }
  package var labelValue: String { self == .claveIncorrecta ? "clave_incorrecta" : caseName }
}
