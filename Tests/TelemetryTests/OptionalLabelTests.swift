import MetricModel
import Synchronization
import Telemetry
import Testing

/// What others count has the standard exporters' series: labels that few of a family's series have, bounds as Go writes
/// them.
@Suite struct OptionalLabelTests {
  private struct MountLabels: LabelSet {
    static let labelNames = ["device", "error"]
    static let optionalCount = 1
    let labelValues: [String]
  }

  private static let errors = Family<Gauge, MountLabels>("mount_errors", "Mounts that say nothing.")

  private func page(_ batch: SampleBatch, _ format: ExpositionFormat = .text) -> (lines: [String], problems: Int) {
    let registry = Registry()
    let problems = Mutex(0)
    registry.setProblemHandler { _, _ in problems.withLock { $0 += 1 } }
    let text = String(decoding: registry.expose(format, adding: batch), as: UTF8.self)
    return (text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init), problems.withLock { $0 })
  }

  @Test func theLastLabelsMayBeMissingWhereTheFamilySaysSo() {
    var batch = SampleBatch()
    batch.add(Self.errors, MountLabels(labelValues: ["a"]), 0)
    batch.add(Self.errors, MountLabels(labelValues: ["b", "timeout"]), 1)
    let (lines, problems) = page(batch)
    #expect(lines == [#"mount_errors{device="a"} 0"#, #"mount_errors{device="b",error="timeout"} 1"#])
    #expect(problems == 0)
  }

  @Test func moreMayNotBeMissing() {
    var batch = SampleBatch()
    batch.add(Self.errors, MountLabels(labelValues: []), 0)
    batch.add(Self.errors, MountLabels(labelValues: ["a", "b", "c"]), 0)
    let (lines, problems) = page(batch)
    #expect(lines.isEmpty)
    #expect(problems == 2)
  }

  @Test func boundsOfAMillionAndMoreHaveAnExponentInLabelsAlone() {
    let family = Family<Histogram, NoLabels>("sizes_bytes", "Sizes.", unit: .bytes, bounds: [1])
    var batch = SampleBatch()
    let bounds = [0.00001, 0.5, 999_999, 1_000_000, 1_638_400, 1.25e21]
    batch.add(
      family, NoLabels(),
      Distribution(bounds.map { Distribution.Point(at: $0, 1_000_000) }, sum: 2_000_000, count: 3_000_000))
    #expect(
      page(batch).lines == [
        #"sizes_bytes_bucket{le="1e-05"} 1000000"#, #"sizes_bytes_bucket{le="0.5"} 1000000"#,
        #"sizes_bytes_bucket{le="999999"} 1000000"#, #"sizes_bytes_bucket{le="1e+06"} 1000000"#,
        #"sizes_bytes_bucket{le="1.6384e+06"} 1000000"#, #"sizes_bytes_bucket{le="1.25e+21"} 1000000"#,
        #"sizes_bytes_bucket{le="+Inf"} 3000000"#, "sizes_bytes_sum 2000000", "sizes_bytes_count 3000000",
      ])
    #expect(page(batch, .openMetrics).lines.contains(#"sizes_bytes_bucket{le="1e+06"} 1000000"#))
  }

  @Test func whatIsNotTheSameInKindAndLabelsIsLeftOutAndCounted() {
    func batch(_ kind: Kind, _ labels: [String], _ value: Double) -> SampleBatch {
      var batch = SampleBatch()
      batch.add(
        FamilyDescriptor(name: "m", help: "M.", kind: kind, labelNames: labels), labelValues: labels, value)
      return batch
    }
    for (other, isSame) in [
      (batch(.gauge, ["a"], 2), false), (batch(.counter, ["b"], 2), false), (batch(.gauge, ["b"], 1), true),
    ] {
      var page = batch(.gauge, ["b"], 1)
      page.append(other)
      let (lines, problems) = self.page(page)
      #expect(lines == [#"m{b="b"} 1"#])
      // A series that is there twice is a problem too.
      #expect(problems == 1, "\(isSame)")
    }
  }
}
