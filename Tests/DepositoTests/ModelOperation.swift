import TestSupport

/// A write as the model knows it: what is sent, and what has to be in the database if it happened.
struct ModelOperation: Sendable {
  /// One row of the ledger. `quantity` is nil where it depends on the stock of that moment.
  struct Row: Sendable {
    let marker: String
    let product: Int
    let kind: String
    let quantity: String?
  }

  enum Effect: Sendable {
    /// A product with the marker as its `codigo`, and its opening movement.
    case product(stock: String)
    case movements([Row])
    /// A new `nombre`, hence one version more.
    case change(product: Int)
  }

  /// Its own in the whole run: `Idempotency-Key`, and `referencia`, `motivo`, `codigo` or `nombre` in the database.
  let marker: String
  let name: String
  let method: String
  let path: String
  let body: String
  let effect: Effect
}

/// Random operations of one client.
struct ModelOperations: Sendable {
  private static let hotProducts = 3
  private static let batchCount = 2...6

  let client: Int
  let otherWarehouse: Int
  var generator: SeededGenerator
  private var made = 0

  init(client: Int, otherWarehouse: Int, seed: UInt64) {
    self.client = client
    self.otherWarehouse = otherWarehouse
    generator = SeededGenerator(for: "model, client \(client)", seed: seed)
  }

  /// - Parameter products: those that exist; not empty.
  mutating func next(products: [Int]) -> ModelOperation {
    let product = pick(products)
    switch int(0...99) {
    case 0..<4: return create()
    case 4..<64: return movement(product)
    case 64..<76: return batch(products)
    case 76..<82: return update(product)
    case 82..<92: return adjust(product)
    default: return change(product)
    }
  }

  mutating func create() -> ModelOperation {
    let (marker, stock) = (mark(), text(int(1...300_000)))
    return ModelOperation(
      marker: marker, name: "create", method: "POST", path: "/api/v1/productos",
      body: DepositoFixture.product(code: marker, stock: stock), effect: .product(stock: stock))
  }

  private mutating func movement(_ product: Int) -> ModelOperation {
    let marker = mark()
    let (row, json) = ledgerRow(marker, product)
    return ModelOperation(
      marker: marker, name: row.kind, method: "POST", path: "/api/v1/stock/movement", body: json,
      effect: .movements([row]))
  }

  private mutating func batch(_ products: [Int]) -> ModelOperation {
    let marker = mark()
    let rows = (0..<int(Self.batchCount)).map { ledgerRow("\(marker).\($0)", pick(products)) }
    return ModelOperation(
      marker: marker, name: "batch", method: "POST", path: "/api/v1/stock/movements/batch",
      body: #"{"movimientos":[\#(rows.map(\.json).joined(separator: ","))]}"#, effect: .movements(rows.map(\.row)))
  }

  private mutating func update(_ product: Int) -> ModelOperation {
    let marker = mark()
    let row = ModelOperation.Row(marker: marker, product: product, kind: "AJUSTE", quantity: nil)
    return ModelOperation(
      marker: marker, name: "update", method: "PUT", path: "/api/v1/stock/update",
      body: #"{"producto_id":\#(product),"nueva_cantidad":\#(text(int(1...999_999))),"motivo":"\#(marker)"}"#,
      effect: .movements([row]))
  }

  private mutating func adjust(_ product: Int) -> ModelOperation {
    let (marker, size) = (mark(), int(1...20_000))
    let comesIn = int(0...1) == 0
    let row = ModelOperation.Row(
      marker: marker, product: product, kind: comesIn ? "ENTRADA" : "SALIDA", quantity: text(size))
    return ModelOperation(
      marker: marker, name: "adjust", method: "PUT", path: "/api/v1/stock/adjust",
      body: #"""
        {"producto_id":\#(product),"cantidad_ajuste":\#(comesIn ? "" : "-")\#(text(size)),"motivo":"\#(marker)"}
        """#,
      effect: .movements([row]))
  }

  private mutating func change(_ product: Int) -> ModelOperation {
    let marker = mark()
    return ModelOperation(
      marker: marker, name: "change", method: "PUT", path: "/api/v1/productos/\(product)",
      body: #"{"nombre":"\#(marker)"}"#, effect: .change(product: product))
  }

  private mutating func ledgerRow(_ marker: String, _ product: Int) -> (row: ModelOperation.Row, json: String) {
    let kind = ["ENTRADA", "ENTRADA", "SALIDA", "SALIDA", "AJUSTE", "TRANSFERENCIA"][int(0...5)]
    let sign = kind == "AJUSTE" && int(0...1) == 0 ? "-" : ""
    let quantity = sign + text(int(1...20_000))
    var fields = """
      "producto_id":\(product),"tipo_movimiento":"\(kind)","cantidad":\(quantity),"motivo":"modelo",\
      "referencia":"\(marker)"
      """
    let (from, to) = int(0...1) == 0 ? (1, otherWarehouse) : (otherWarehouse, 1)
    if kind == "TRANSFERENCIA" {
      fields += #","deposito_id":\#(from),"deposito_destino_id":\#(to)"#
    } else if int(0...4) == 0 {
      fields += #","deposito_id":\#(otherWarehouse)"#
    }
    return (ModelOperation.Row(marker: marker, product: product, kind: kind, quantity: quantity), "{\(fields)}")
  }

  /// Mostly one of a few, so that clients meet.
  private mutating func pick(_ products: [Int]) -> Int {
    products[int(0...(int(0...9) < 6 ? min(Self.hotProducts, products.count) : products.count) - 1)]
  }

  private mutating func mark() -> String {
    made += 1
    return "op-\(client)-\(made)"
  }

  /// Thousandths as the database writes them.
  private func text(_ thousandths: Int) -> String {
    let fraction = String(thousandths % 1_000)
    return "\(thousandths / 1_000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
}
