import Catalog
import MetricModel
import Testing

/// A slot is arithmetic over a hand-written `count` and an enum's layout: held here against `allCases`.
@Suite("Closed labels")
struct ClosedLabelTests {
  /// Tests/Tidy fails when the catalogue declares one that is missing here.
  static let all: [any ClosedLabel.Type] = [
    AlertState.self, BufferLabel.self, CacheName.self, CacheResult.self, StockPath.self, ContextSwitchKind.self,
    DropReason.self,
    EventResult.self, ExecutorLabel.self,
    Host.CpuVulnerabilities.State.self,
    Host.Pcidevice.PowerState.self, HTTPStatus.self, LevelLabel.self,
    LoginOutcome.self, LokiOutcomeLabel.self,
    MLErrorReason.self, ModelName.self, MovementOutcome.self, MovementType.self, OCRErrorReason.self,
    PageFaultKind.self, PoolState.self, PredictionKind.self, SinkLabel.self,
  ]

  @Test("the declared count is the number of cases", arguments: all)
  func countEqualsCases(label: any ClosedLabel.Type) {
    func check<L: ClosedLabel>(_ type: L.Type) { #expect(L.count == L.allCases.count) }
    check(label)
  }

  @Test(
    "a slot is the index in allCases and leads back to the values", arguments: all + [OneCase.self, FiveCases.self])
  func slotRoundTrip(label: any ClosedLabel.Type) {
    func check<L: ClosedLabel>(_ type: L.Type) {
      for (index, value) in L.allCases.enumerated() {
        #expect(value.slot == index)
        #expect(L.labelValues(at: index) == [value.labelValue])
      }
      #expect(L.labelValues(at: L.allCases.count) == nil)
    }
    check(label)
  }

  @Test("a case's name is that of the source", arguments: all + [OneCase.self, FiveCases.self])
  func caseName(label: any ClosedLabel.Type) {
    func check<L: ClosedLabel>(_ type: L.Type) {
      for value in L.allCases { #expect(value.caseName == "\(value)") }
    }
    check(label)
  }

  @Test("names and values are what Prometheus allows, and no two cases read alike", arguments: all)
  func valuesDiffer(label: any ClosedLabel.Type) {
    func check<L: ClosedLabel>(_ type: L.Type) {
      let values = L.allCases.map(\.labelValue)
      #expect(Lint.isLabelName(L.labelName))
      #expect(L.labelNames == [L.labelName])
      #expect(Set(values).count == values.count)
      #expect(!values.contains(""))
    }
    check(label)
  }

  @Test(
    "a status reads as its number, an unknown one as other",
    arguments: [(200, "200"), (201, "201"), (404, "404"), (503, "503"), (418, "other"), (0, "other"), (-1, "other")])
  func status(code: Int, expected: String) {
    #expect(HTTPStatus(code: code).labelValue == expected)
  }

  @Test("the domain's values are spelled as the contract has them")
  func spelling() {
    #expect(MovementType.allCases.map(\.labelValue) == ["ENTRADA", "SALIDA", "AJUSTE", "TRANSFERENCIA"])
    #expect(PoolState.inUse.labelValue == "in_use")
    #expect(MovementLabels.labelNames == ["tipo", "resultado"])
    #expect(HTTPLabels.labelNames == ["method", "route", "status"])
    #expect(LevelLabel.labelNames == ["level"])
  }
}

/// Layouts that the catalogue does not have today: no byte at all, and a count prime to the others.
enum OneCase: ClosedLabel {
  case only
  static let labelName = "one"
  static var count: Int { 1 }
}

enum FiveCases: ClosedLabel {
  case a, b, c, d, e
  static let labelName = "five"
  static var count: Int { 5 }
}

enum ThreeCases: ClosedLabel {
  case x, y, z
  static let labelName = "three"
  static var count: Int { 3 }
}
