import Catalog
import MetricModel
import Testing

@Suite("InternTable")
struct InternTableTests {
  @Test("the same values get the same slot, others another")
  func interns() {
    let table = InternTable(maximumCount: 4, overflow: ["other"])
    let first = table.slot(of: ["a"])
    let second = table.slot(of: ["b"])
    #expect(Set([0, first, second]).count == 3)
    #expect(table.slot(of: ["a"]) == first)
    #expect(table.values(at: first) == ["a"])
    #expect(table.values(at: second) == ["b"])
    #expect(table.values(at: 0) == ["other"])
  }

  @Test("values are compared whole")
  func compares() {
    let table = InternTable(maximumCount: 4, overflow: ["", ""])
    #expect(table.slot(of: ["a", "bc"]) != table.slot(of: ["ab", "c"]))
  }

  @Test("the limit counts the overflow slot; past it all share slot 0, and the early ones keep theirs")
  func overflows() {
    let table = InternTable(maximumCount: 3, overflow: ["other"])
    let known = ["a", "b"].map { table.slot(of: [$0]) }
    #expect(known.allSatisfy { (1..<3).contains($0) })
    for late in ["c", "d", "e"] { #expect(table.slot(of: [late]) == 0) }
    #expect(["a", "b"].map { table.slot(of: [$0]) } == known)
    #expect(table.values(at: 3) == nil)
    #expect(table.slot(of: ["other"]) == 0)
  }

  @Test("threads that intern at once agree")
  func concurrent() async {
    let table = InternTable(maximumCount: 64, overflow: ["other"])
    let answers = await withTaskGroup(of: [Int].self) { group in
      for _ in 0..<8 { group.addTask { (0..<100).map { table.slot(of: ["\($0)"]) } } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for number in 0..<100 {
      let slots = Set(answers.map { $0[number] })
      #expect(slots.count == 1)
      for slot in slots where slot != 0 { #expect(table.values(at: slot) == ["\(number)"]) }
    }
    #expect(answers[0].count { $0 == 0 } == 100 - 63)
  }

  @Test("an unmatched request never makes a label")
  func endpoints() {
    #expect(Endpoint.notFound.labelValues == ["", "NotFound"])
    let endpoint = Endpoint(method: "GET", route: "/api/v1/productos/{id}")
    #expect(endpoint == Endpoint(method: "GET", route: "/api/v1/productos/{id}"))
    #expect(endpoint.method.labelValue == "GET")
    #expect(endpoint.route.labelValue == "/api/v1/productos/{id}")
    let labels = HTTPLabels(endpoint: endpoint, status: .created)
    #expect(labels.labelValues == ["GET", "/api/v1/productos/{id}", "201"])
    #expect(HTTPLabels.labelValues(at: labels.slot) == labels.labelValues)
    #expect(HTTPLabels.labelValues(at: HTTPLabels.count - 1) == nil, "nobody declared the last endpoint")
  }

  @Test("a statement has its name for a label")
  func statements() {
    let statement = StatementLabel("product_by_code")
    #expect(statement.labelValues == ["product_by_code"])
    #expect(StatementLabel.labelValues(at: statement.slot) == ["product_by_code"])
    #expect(StatementLabel("product_by_code").slot == statement.slot)
  }
}
