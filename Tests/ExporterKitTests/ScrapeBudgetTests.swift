import Testing

@testable import ExporterKit

@Suite("ScrapeBudget")
struct ScrapeBudgetTests {
  @Test("the header, less the reserves")
  func header() {
    let budget = ScrapeBudget(header: "10")
    #expect(budget.work == .milliseconds(9500))
    #expect(budget.answer == .milliseconds(9800))
    #expect(ScrapeBudget(header: "2.5").work == .milliseconds(2000))
  }

  @Test(
    "nonsense is ignored",
    arguments: [nil, "", "abc", "0", "-1", "nan", "inf", "-inf", "1e400", "10s", " 10"] as [String?])
  func nonsense(_ header: String?) {
    #expect(ScrapeBudget(header: header) == ScrapeBudget(header: "10"))
  }

  @Test("a very long limit is cut, a very short one keeps half for the work")
  func extremes() {
    #expect(ScrapeBudget(header: "1e9") == ScrapeBudget(header: "300"))
    let short = ScrapeBudget(header: "0.1")
    #expect(short.work == .milliseconds(50))
    #expect(short.work < short.answer)
    #expect(short.answer < .milliseconds(100))
  }

  @Test("a reading gets its own limit, half of what is left, or all of it as the last")
  func allowance() {
    func allowance(_ limit: Int, _ remaining: Int, last: Bool) -> Duration {
      ScrapeBudget.allowance(limit: .seconds(limit), remaining: .seconds(remaining), isLast: last)
    }
    #expect(allowance(5, 60, last: false) == .seconds(5))
    #expect(allowance(5, 6, last: false) == .seconds(3))
    #expect(allowance(5, 4, last: true) == .seconds(4))
    #expect(allowance(5, -1, last: false) == .zero)
    #expect(allowance(5, -1, last: true) == .zero)
  }
}
