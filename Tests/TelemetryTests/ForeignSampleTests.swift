import MetricModel
import Synchronization
import Telemetry
import Testing

/// What others count: bounds as Go writes them, and who wins where two bring one name.
@Suite struct ForeignSampleTests {
  private func page(_ batch: SampleBatch, _ format: ExpositionFormat = .text) -> (lines: [String], problems: Int) {
    let registry = Registry()
    let problems = Mutex(0)
    registry.setProblemHandler { _, _ in problems.withLock { $0 += 1 } }
    let text = String(decoding: registry.expose(format, adding: batch), as: UTF8.self)
    return (text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init), problems.withLock { $0 })
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

  @Test func whatIsNotTheSameInKindIsLeftOutAndCounted() {
    func batch(_ kind: Kind, _ value: Double) -> SampleBatch {
      var batch = SampleBatch()
      batch.add(FamilyDescriptor(name: "m", help: "M.", kind: kind, labelNames: ["b"]), labelValues: ["b"], value)
      return batch
    }
    for other in [batch(.counter, 2), batch(.gauge, 2)] {
      var page = batch(.gauge, 1)
      page.append(other)
      let (lines, problems) = self.page(page)
      #expect(lines == [#"m{b="b"} 1"#])
      // A series that is there twice is a problem too.
      #expect(problems == 1)
    }
  }
}
