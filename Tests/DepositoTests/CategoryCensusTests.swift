import Foundation
import TestSupport
import Testing

/// `deposito_productos_por_categoria` against the table that it counts.
@Suite struct CategoryCensusTests {
  @Test func activeProductsAreCountedAndTheLongTailIsOne() async throws {
    let deposito = try await DepositoFixture.start()
    // 100 categories of three products, two of one, and one product that is out of use.
    try await deposito.psql(
      """
      INSERT INTO deposito.productos (codigo, nombre, categoria, precio_compra, precio_venta, activo)
      SELECT 'c' || c || '-' || n, 'x', 'cat' || c, 1, 2, true FROM generate_series(1, 100) c, generate_series(1, 3) n
      UNION ALL SELECT 'rara' || n, 'x', 'rara' || n, 1, 2, true FROM generate_series(1, 2) n
      UNION ALL SELECT 'vieja', 'x', 'cat7', 1, 2, false
      """)
    let end = ContinuousClock.now + .seconds(60)
    while try await deposito.metric(#"deposito_productos_por_categoria{categoria="otras"}"#) == nil, .now < end {
      try await Task.sleep(for: .milliseconds(500))
    }
    #expect(try await deposito.metric(#"deposito_productos_por_categoria{categoria="otras"}"#) == 2)
    #expect(try await deposito.metric(#"deposito_productos_por_categoria{categoria="cat7"}"#) == 3)
    #expect(try await deposito.metric(#"deposito_productos_por_categoria{categoria="rara1"}"#) == nil)
  }

  @Test func withoutTheDatabaseThereIsNoCount() async throws {
    let server = try await PostgresServer.start(settings: [:])
    let deposito = try await DepositoFixture.start(on: server)
    _ = try await deposito.product(try await deposito.admin(), code: "uno")
    let series = #"deposito_productos_por_categoria{categoria="almacen"}"#
    let end = ContinuousClock.now + .seconds(90)
    while try await deposito.metric(series) == nil, .now < end { try await Task.sleep(for: .milliseconds(500)) }
    #expect(try await deposito.metric(series) == 1)
    try await server.stop()
    while try await deposito.metric(series) != nil, .now < end { try await Task.sleep(for: .milliseconds(500)) }
    #expect(try await deposito.metric(series) == nil)
  }
}
