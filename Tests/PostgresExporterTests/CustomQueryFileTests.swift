import MetricModel
import TestSupport
import Testing

@testable import PostgresExporter

@Suite("The file of custom queries")
struct CustomQueryFileTests {
  private func file(_ text: String) -> CustomQueryFile { CustomQueryFile(Array(text.utf8)) }

  @Test("an entry in the standard exporter's format is read whole")
  func whole() throws {
    let file = file(
      """
      pg_stock:
        query: "SELECT tipo, sum(n) AS n FROM stock GROUP BY tipo"
        master: true
        cache_seconds: 30
        runonserver: ">=13.0.0 <16.0.0"
        timeout: 1500ms
        metrics:
          - tipo:
              usage: "LABEL"
              description: "Kind of article"
          - n:
              usage: "GAUGE"
              description: "Articles in stock"
          - state:
              usage: "MAPPEDMETRIC"
              metric_mapping:
                low: 1
                high: 2.5
      """)
    #expect(file.problems == [])
    let query = try #require(file.queries.first)
    #expect(query.name == "pg_stock")
    #expect(query.sql == "SELECT tipo, sum(n) AS n FROM stock GROUP BY tipo")
    #expect(query.isForServer)
    #expect(query.freshness == .seconds(30))
    #expect(query.versions == VersionRange(">=13.0.0 <16.0.0"))
    #expect(query.limit == .milliseconds(1500))
    #expect(
      query.columns == [
        .init(name: "tipo", usage: .label, description: "Kind of article"),
        .init(name: "n", usage: .gauge, description: "Articles in stock"),
        .init(name: "state", usage: .mapped(["low": 1, "high": 2.5]), description: ""),
      ])
    #expect(query.labelNames == ["server", "tipo"])
    #expect(query.columns.map { query.family($0)?.name } == [nil, "pg_stock_n", "pg_stock_state"])
  }

  @Test("what an entry leaves out is the standard exporter's default")
  func defaults() throws {
    let query = try #require(
      file("a:\n  query: SELECT 1 AS one\n  cache_seconds: 0\n  metrics:\n    - one: {usage: COUNTER}\n").queries.first)
    #expect(!query.isForServer)
    #expect(query.freshness == nil)
    #expect(query.versions == nil)
    #expect(query.limit == .seconds(5))
    #expect(query.family(query.columns[0])?.kind == .counter)
  }

  @Test(
    "a mistake names its line and costs its own entry",
    arguments: [
      ("  metrics: []", "falta la clave query", 2),
      ("  query: SELECT 1\n  metrics:\n    - n: {usage: GUAGE}", "acá va LABEL", 4),
      ("  query: SELECT 1\n  metrics:\n    - n: {description: x}", "falta la clave usage", 4),
      ("  query: SELECT 1", "falta la clave metrics", 2),
      ("  query: SELECT 1\n  runonserver: fifteen\n  metrics: []", "un rango de versiones", 3),
      ("  query: SELECT 1\n  cache_seconds: soon\n  metrics: []", "un número entero", 3),
      ("  query: SELECT 1\n  timeout: 2h\n  metrics: []", "una duración", 3),
      ("  query: SELECT 1\n  master: perhaps\n  metrics: []", "true o false", 3),
      ("  query: SELECT 1\n  metrics:\n    - server: {usage: LABEL}", "server", 4),
      ("  query: SELECT 1\n  metrics:\n    - n: {usage: GAUGE}\n    - n: {usage: GAUGE}", "dos veces", 5),
      ("  query: SELECT 1\n  metrics:\n    - no-name: {usage: GAUGE}", "no-name", 4),
    ])
  func mistakes(_ body: String, _ reason: String, _ line: Int) {
    let file = file("bad:\n\(body)\ngood:\n  query: SELECT 2\n  metrics:\n    - two: {usage: GAUGE}\n")
    #expect(file.queries.map(\.name) == ["good"])
    #expect(file.problems.count == 1)
    #expect(file.problems.first?.hasPrefix("bad: ") == true)
    #expect(file.problems.first?.contains(reason) == true, "\(file.problems)")
    #expect(file.problems.first?.contains("línea \(line)") == true, "\(file.problems)")
  }

  @Test("a key that is not known is said and harms nothing")
  func strangers() {
    let file = file("a:\n  query: SELECT 1\n  cache: 3\n  metrics:\n    - n: {usage: GAUGE, help: x}\n")
    #expect(file.queries.count == 1)
    #expect(file.problems.count == 2)
    #expect(file.problems.allSatisfy { $0.contains("línea") })
  }

  @Test("what is no YAML is one problem", arguments: ["a: [", "- a\n- b\n", "\u{1}", "a:\n\tb: 1\n"])
  func noYAML(_ text: String) {
    #expect(file(text).queries == [])
    #expect(file(text).problems.count == 1)
  }

  @Test("an empty file has no queries and no problems")
  func empty() {
    #expect(file("# nothing\n").queries == [])
    #expect(file("").problems == [])
  }

  @Test("damaged files are read or refused, never more", arguments: [1, 2, 3, UInt64.random(in: 4...(.max))])
  func damaged(seed: UInt64) {
    var random = SeededGenerator(for: "damaged files of queries", seed: seed)
    let whole = Array(
      """
      a: {query: "SELECT 1 AS n", runonserver: ">=13.0.0 <16.0.0 || 17.x", timeout: 1m30s, cache_seconds: 9, metrics: [
        n: {usage: MAPPEDMETRIC, metric_mapping: {x: 1.5}}]}
      b:
        query: |
          SELECT 2
        master: true
        metrics:
          - m: {usage: LABEL, description: "y"}
      """.utf8)
    for _ in 0..<500 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        if Bool.random(using: &random) {
          bytes.remove(at: place)
        } else {
          bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        }
      }
      let file = CustomQueryFile(bytes)
      #expect(file.queries.count + file.problems.count >= 1, "seed \(seed)")
      for query in file.queries {
        _ = query.versions?.contains(150_018)
        _ = query.columns.map { query.family($0) }
      }
      let text = String(decoding: bytes.prefix(24), as: UTF8.self)
      _ = (VersionRange(text), ColumnValue.instant(text))
    }
  }
}
