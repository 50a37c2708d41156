import MetricModel
import Telemetry
import Testing

/// Families whose series do not all have the same labels, as standard exporters have some.
@Suite("Series with labels of their own")
struct OwnLabelTests {
  private static func supply(_ labels: String...) -> FamilyDescriptor {
    FamilyDescriptor(name: "supply_info", help: "What it is.", kind: .gauge, labelNames: labels)
  }

  private static let mixed: SampleBatch = {
    var batch = SampleBatch()
    batch.add(supply("supply", "type"), labelValues: ["AC", "Mains"], 1)
    batch.add(supply("health", "supply"), labelValues: ["Good", "BAT0"], 1)
    return batch
  }()

  private func lines(_ batch: SampleBatch, _ registry: Registry = Registry()) -> [String] {
    String(decoding: registry.expose(.text, adding: batch), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test("each series has its own, in one family")
  func text() {
    #expect(
      lines(Self.mixed) == [
        "# HELP supply_info What it is.", "# TYPE supply_info gauge", #"supply_info{supply="AC",type="Mains"} 1"#,
        #"supply_info{health="Good",supply="BAT0"} 1"#,
      ])
  }

  @Test("protobuf has the same names with the same values")
  func protobuf() throws {
    let page = Registry().expose(.protobuf, adding: Self.mixed)
    /// A label pair: field 1 is the name, field 2 the value, each behind its length.
    func pair(_ name: String, _ value: String) -> [UInt8] {
      [10, UInt8(name.utf8.count)] + Array(name.utf8) + [18, UInt8(value.utf8.count)] + Array(value.utf8)
    }
    for (name, value) in [("supply", "AC"), ("type", "Mains"), ("health", "Good"), ("supply", "BAT0")] {
      #expect(page.contains(pair(name, value)), "\(name)=\(value)")
    }
    #expect(!page.contains(pair("supply", "Good")))
  }

  @Test("what other collectors bring keeps its labels, whichever comes first")
  func appended() {
    var first = SampleBatch()
    first.add(Self.supply("supply"), labelValues: ["USB"], 1)
    first.append(Self.mixed)
    #expect(
      lines(first).filter { !$0.hasPrefix("#") } == [
        #"supply_info{supply="USB"} 1"#, #"supply_info{supply="AC",type="Mains"} 1"#,
        #"supply_info{health="Good",supply="BAT0"} 1"#,
      ])
  }

  @Test("the same value under another label is no duplicate; the same label is")
  func duplicates() {
    var batch = SampleBatch()
    batch.add(Self.supply("supply"), labelValues: ["x"], 1)
    batch.add(Self.supply("type"), labelValues: ["x"], 2)
    batch.add(Self.supply("type"), labelValues: ["x"], 3)
    #expect(lines(batch).filter { !$0.hasPrefix("#") } == [#"supply_info{supply="x"} 1"#, #"supply_info{type="x"} 2"#])
  }

  @Test("names that are none, too few values, and a series without labels among others are left out")
  func refused() {
    var batch = SampleBatch()
    batch.add(Self.supply("supply"), labelValues: ["x"], 1)
    batch.add(Self.supply("with-dash"), labelValues: ["x"], 2)
    batch.add(Self.supply("type", "health"), labelValues: ["x"], 3)
    batch.add(Self.supply(), labelValues: [], 4)
    #expect(lines(batch).filter { !$0.hasPrefix("#") } == [#"supply_info{supply="x"} 1"#])
  }
}
