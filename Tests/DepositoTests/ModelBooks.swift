import TestSupport

/// What the database has after a run, against what the clients were told.
struct ModelBooks: Sendable {
  private struct Row {
    let product: Int
    let kind: String
    let quantity: String
  }

  private struct Product {
    let id: Int
    let name: String
    let version: Int
    var movements = 0
    /// Movements that no operation asked for: the opening one alone.
    var openings: [String] = []
  }

  private var rows: [String: [Row]] = [:]
  private var products: [String: Product] = [:]

  static func read(from deposito: DepositoFixture) async throws -> ModelBooks {
    var books = ModelBooks()
    // One snapshot for both, so that they fit.
    let text = try await deposito.psql(
      """
      SELECT 'p', id, codigo, nombre, version::text, '' FROM deposito.productos
      UNION ALL
      SELECT 'm', producto_id, COALESCE(referencia, motivo), tipo, cantidad::text,
        (SELECT codigo FROM deposito.productos AS p WHERE p.id = producto_id) FROM deposito.movimientos
      ORDER BY 1 DESC, 2
      """)
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 6, let id = Int(fields[1]) else { throw TestSupportError("no row: \(line)") }
      if fields[0] == "p" {
        books.products[fields[2]] = Product(id: id, name: fields[3], version: Int(fields[4]) ?? -1)
      } else {
        books.add(Row(product: id, kind: fields[3], quantity: fields[4]), marker: fields[2], code: fields[5])
      }
    }
    return books
  }

  private mutating func add(_ row: Row, marker: String, code: String) {
    products[code]?.movements += 1
    if marker.hasPrefix("op-") {
      rows[marker, default: []].append(row)
    } else {
      products[code]?.openings.append(row.quantity)
    }
  }

  /// One line a contradiction.
  func problems(with entries: [ModelJournal.Entry]) -> [String] {
    var problems: [String] = []
    var known: Set<String> = []
    var codes: Set<String> = []
    for entry in entries {
      let operation = entry.operation
      switch operation.effect {
      case .product(let stock):
        codes.insert(operation.marker)
        problems += check(operation, entry.verdict, stock: stock)
      case .movements(let expected):
        known.formUnion(expected.map(\.marker))
        problems += check(operation, entry.verdict, expected)
      case .change: continue
      }
    }
    problems += rows.keys.filter { !known.contains($0) }.map { "\($0) is in the ledger and nobody's" }
    problems += products.keys.filter { !codes.contains($0) }.map { "product \($0) is nobody's" }
    return problems + changes(entries)
  }

  private func check(_ operation: ModelOperation, _ verdict: ModelJournal.Verdict, stock: String) -> [String] {
    let product = products[operation.marker]
    switch verdict {
    case .acknowledged where product == nil: return ["product \(operation.marker) was acknowledged and is not there"]
    case .refused where product != nil: return ["product \(operation.marker) was refused and is there"]
    default: break
    }
    guard let product, product.openings != [stock] else { return [] }
    return ["product \(operation.marker) opens with \(product.openings), not with \(stock)"]
  }

  private func check(
    _ operation: ModelOperation, _ verdict: ModelJournal.Verdict, _ expected: [ModelOperation.Row]
  ) -> [String] {
    let found = expected.map { rows[$0.marker] ?? [] }
    let counts = Set(found.map(\.count))
    let mayBe: Set<Int> =
      switch verdict {
      case .acknowledged: [1]
      case .refused: [0]
      case .unknown: [0, 1]
      }
    // All of it or nothing of it.
    guard counts.count == 1, counts.isSubset(of: mayBe) else {
      return ["\(operation.name) \(operation.marker), \(verdictName(verdict)): rows \(found.map(\.count))"]
    }
    return zip(expected, found).flatMap { expected, found in
      found.filter { row in
        row.product != expected.product || row.kind != expected.kind
          || expected.quantity.map { $0 != row.quantity } ?? false
      }.map { "\(operation.name) \(expected.marker) is \($0), not \(expected)" }
    }
  }

  private func verdictName(_ verdict: ModelJournal.Verdict) -> String {
    switch verdict {
    case .acknowledged: "acknowledged"
    case .refused: "refused"
    case .unknown: "without an answer"
    }
  }

  /// A version is one for the product's creation, one for each later movement and one for each change.
  private func changes(_ entries: [ModelJournal.Entry]) -> [String] {
    var acknowledged: [Int: Int] = [:]
    var unknown: [Int: Int] = [:]
    var names: [Int: Set<String>] = [:]
    for entry in entries {
      guard case .change(let product) = entry.operation.effect else { continue }
      switch entry.verdict {
      case .acknowledged: acknowledged[product, default: 0] += 1
      case .unknown: unknown[product, default: 0] += 1
      case .refused: continue
      }
      names[product, default: []].insert(entry.operation.marker)
    }
    return products.values.flatMap { product in
      let changes = product.version - 1 - (product.movements - product.openings.count)
      let least = acknowledged[product.id, default: 0]
      var problems: [String] = []
      if changes < least || changes > least + unknown[product.id, default: 0] {
        problems.append("product \(product.id) changed \(changes) times, \(least) of them acknowledged")
      }
      if changes > 0, !names[product.id, default: []].contains(product.name) {
        problems.append("product \(product.id) has a name that nobody gave it: \(product.name)")
      }
      return problems
    }
  }
}
