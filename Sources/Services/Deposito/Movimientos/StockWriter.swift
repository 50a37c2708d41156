import Catalog
import Postgres
import ServiceKit
import Telemetry

/// Movements of several requests in one transaction: one round trip where it was drafted, else two, however many they
/// are. A request that is refused changes nothing for the others.
struct StockWriter: Sendable {
  /// A batch that meets keys which were used before is written again without them; somebody may use another meanwhile.
  private static let maximumAttempts = 3

  let pool: PostgresPool
  /// Called after a batch: there may be events to send.
  let committed: @Sendable () -> Void
  let known: KnownStock
  let metrics: MovementMetrics

  /// A batch as it will be, where all that it moves is known: decided, and its answers written, while others are on
  /// their way still.
  struct Draft: Sendable {
    fileprivate let settlement: Settlement
    fileprivate let expectation: KnownStock.Expectation
    fileprivate let outcomes: [MovementResult]
  }

  /// Whoever drafts next begins with what this one will leave. What is not known is read.
  /// - Returns: nil where that is not enough: the products are locked, then read.
  func draft(_ batch: [PendingMovements]) async -> Draft? {
    let orders = batch.flatMap { $0.orders }
    switch known.book(for: orders) {
    case .book(let book, let expectation): return draft(batch, book, expectation)
    case .unusable: return nil
    case .missing(let products):
      guard
        let (rows, reserve) = try? await StockReading(pool: pool).read(
          products, reserving: KnownStock.reserved(after: orders.count))
      else { return nil }
      known.add(rows, of: products, reserve)
    }
    guard case .book(let book, let expectation) = known.book(for: orders) else { return nil }
    return draft(batch, book, expectation)
  }

  private func draft(
    _ batch: [PendingMovements], _ begun: StockBook, _ expectation: KnownStock.Expectation
  ) -> Draft? {
    var book = begun
    let (outcomes, claims) = Self.enter(batch, into: &book, leavingOut: false)
    // What may not be true is no reason to refuse anything.
    guard outcomes.allSatisfy(\.isPosted) else { return nil }
    known.expect(book)
    return Draft(settlement: Settlement(book, claims: claims), expectation: expectation, outcomes: outcomes)
  }

  /// To be asked when the draft's turn has come, and before another is made that counts upon it.
  /// - Returns: nil where what it counted upon has not come.
  func confirm(_ draft: Draft) -> Draft? {
    if known.holds(draft.expectation) { return draft }
    metrics.batches.add(1, .descartado)
    known.drop(draft.settlement.book)
    return nil
  }

  /// What became of a draft.
  enum Attempt: Sendable {
    case done([MovementResult])
    /// Nothing was written: it was not true any more.
    case refuted
    /// Nothing was written: a key of it was used before.
    case keyUsed
  }

  /// In one round trip.
  /// - Parameter draft: one that was confirmed.
  func write(_ draft: Draft) async -> Attempt {
    let book = draft.settlement.book
    do {
      let reserve = try await pool.transaction { transaction in
        try await StockTransaction(transaction: transaction).settle(
          draft.settlement, isLast: true, reserving: known.wanted(after: book.movements.count))
      }
      metrics.batches.add(1, .conocido)
      known.learn(book, reserve)
      committed()
      return .done(draft.outcomes)
    } catch let error as PostgresError where error.sqlState == .serializationFailure {
      metrics.batches.add(1, .desmentido)
      known.forget(book)
      return .refuted
    } catch {
      metrics.batches.add(1, .descartado)
      known.drop(book)
      if let error = error as? PostgresError, error.isClaimedKey { return .keyUsed }
      committed()
      return .done(draft.outcomes.map { _ in .failed(error) })
    }
  }

  /// Products are locked and read first.
  /// - Parameter keyUsed: it is known that some key was used before.
  func write(
    _ batch: [PendingMovements], _ patience: Patience, keyUsed: Bool = false
  ) async -> [MovementResult] {
    var outcomes = [MovementResult?](repeating: nil, count: batch.count)
    var rest = Array(batch.indices)
    do {
      if keyUsed { rest = try await replay(batch, rest, into: &outcomes) }
      for _ in 0..<Self.maximumAttempts where !rest.isEmpty {
        if let written = try await post(rest.map { batch[$0] }, patience) {
          for (index, outcome) in zip(rest, written) { outcomes[index] = outcome }
          rest = []
        } else {
          rest = try await replay(batch, rest, into: &outcomes)
        }
      }
    } catch {
      for index in rest { outcomes[index] = .failed(error) }
    }
    committed()
    return outcomes.map { $0 ?? .refused(.keyInUse) }
  }

  /// - Returns: nil where some key was used before; then nothing was written.
  private func post(_ batch: [PendingMovements], _ patience: Patience) async throws -> [MovementResult]? {
    let orders = batch.flatMap { $0.orders }
    do {
      let (book, reserve, outcomes) = try await pool.transaction { transaction in
        let stock = StockTransaction(transaction: transaction)
        var book = try await stock.open(orders, patience)
        let (outcomes, claims) = Self.enter(batch, into: &book, leavingOut: patience == .none)
        let reserve = try await stock.settle(
          Settlement(book, claims: claims), isLast: true, reserving: KnownStock.reserved(after: orders.count))
        return (book, reserve, outcomes)
      }
      metrics.batches.add(1, .leido)
      known.learn(book, reserve)
      return outcomes
    } catch let error as PostgresError where error.isClaimedKey {
      return nil
    }
  }

  /// - Parameter leavingOut: a product that is not in the book may be one whose row is held.
  private static func enter(
    _ batch: [PendingMovements], into book: inout StockBook, leavingOut: Bool
  ) -> ([MovementResult], [IdempotencyClaim]) {
    var claims: [IdempotencyClaim] = []
    let outcomes = batch.map { pending -> MovementResult in
      if leavingOut, pending.orders.contains(where: { book.items[$0.productID] == nil }) { return .held }
      return enter(pending, into: &book, &claims)
    }
    return (outcomes, claims)
  }

  private static func enter(
    _ pending: PendingMovements, into book: inout StockBook, _ claims: inout [IdempotencyClaim]
  ) -> MovementResult {
    switch book.post(pending.orders) {
    case .success(let posting):
      let answer = pending.answer(posting)
      if let key = pending.key { claims.append(IdempotencyClaim(key: key, answer: answer)) }
      return .posted(posting.movements, answer)
    case .failure(let obstacle):
      let problem = pending.problem(obstacle)
      if let key = pending.key {
        claims.append(IdempotencyClaim(key: key, answer: WriteAnswer(problem, requestID: pending.requestID)))
      }
      return .refused(problem)
    }
  }

  /// Answers those whose keys were used before.
  /// - Returns: the others.
  private func replay(
    _ batch: [PendingMovements], _ indices: [Int], into outcomes: inout [MovementResult?]
  ) async throws -> [Int] {
    let kept = try await KeptAnswers.find(indices.compactMap { batch[$0].key }, in: pool)
    return indices.filter { index in
      switch batch[index].key.flatMap(kept.answer) {
      case nil: return true
      case .success(let answer): outcomes[index] = .replayed(answer)
      case .failure(let problem): outcomes[index] = .refused(problem)
      }
      return false
    }
  }
}

/// What the client of a movement is told.
struct MovementAnswer: Encodable {
  let success = true
  let movimientoID: Int64
  let movimiento: Movement
  let producto: Product

  init(movimiento: Movement, producto: Product) {
    movimientoID = movimiento.id
    self.movimiento = movimiento
    self.producto = producto
  }

  enum CodingKeys: String, CodingKey {
    case success, movimiento, producto
    case movimientoID = "movimiento_id"
  }

  static let schema = Schema.object([
    "success": "boolean", "movimiento_id": .identifier, "movimiento": .reference("Movimiento"),
    "producto": .reference("Producto"),
  ])
}

extension Problem {
  init(_ refusal: StockBook.Refusal) {
    switch refusal {
    case .noSuchProduct: self = .notFound("un producto activo con ese identificador")
    case .noSuchWarehouse(let field):
      self = .validation([FieldProblem(field: field, message: "no existe ese depósito")])
    case .notEnoughStock:
      self = Problem(.conflict, code: "stock_insuficiente", "No hay stock suficiente en ese depósito para esa salida.")
    case .otherExpiry:
      self = .validation([FieldProblem(field: "lote.vence", message: "ese lote existe y vence otro día")])
    case .tooMuchStock:
      self = .validation([FieldProblem(field: "cantidad", message: "el stock resultante supera el máximo")])
    }
  }
}
