import MetricModel
import Telemetry
import Testing

@testable import ExporterKit

@Suite("ScrapeRequest")
struct ScrapeRequestTests {
  private let enabled = ["a", "b", "c"]

  private func request(_ items: (String, String)...) throws(ScrapeMistake) -> ScrapeRequest {
    try ScrapeRequest(ScrapeBudget(header: nil), query: items.map { (name: $0, value: $1) }, enabled: enabled)
  }

  @Test("nothing said, all of it; other items mean nothing here")
  func all() throws {
    #expect(try request() == ScrapeRequest(ScrapeBudget(header: nil)))
    #expect(try request(("target", "x"), ("collect", "zzz")) == ScrapeRequest(ScrapeBudget(header: nil)))
  }

  @Test("collect[] are these alone, exclude[] all but these, name[] families")
  func selections() throws {
    #expect(try request(("collect[]", "a"), ("collect[]", "c"), ("collect[]", "a")).collectors == ["a", "c"])
    #expect(try request(("exclude[]", "b")).collectors == ["a", "c"])
    let both = try request(("collect[]", "a"), ("name[]", "x"), ("name[]", "y"))
    #expect(both.collectors == ["a"])
    #expect(both.families == ["x", "y"])
  }

  @Test("a collector that is not there, and collect[] with exclude[], are mistakes")
  func mistakes() {
    let unknown = #expect(throws: ScrapeMistake.self) { try request(("collect[]", "z")) }
    #expect(unknown?.description == "there is no enabled collector z; there are: a, b, c")
    #expect(throws: ScrapeMistake.self) { try request(("exclude[]", "z")) }
    #expect(throws: ScrapeMistake.self) { try request(("collect[]", "")) }
    #expect(throws: ScrapeMistake.self) { try request(("collect[]", "a"), ("exclude[]", "b")) }
    let long = #expect(throws: ScrapeMistake.self) { try request(("collect[]", String(repeating: "z", count: 9999))) }
    #expect((long?.description.count ?? 9999) < 200)
  }

  @Test("families that were not asked for are left out")
  func filter() throws {
    var batch = FakeTarget.batch("a")
    batch.add(.init(name: "other", help: "Other.", kind: .gauge), labelValues: [], 1)
    #expect(try request(("name[]", "other")).selected(from: batch).families.map(\.descriptor.name) == ["other"])
    #expect(try request().selected(from: batch).families.count == 2)
  }
}
