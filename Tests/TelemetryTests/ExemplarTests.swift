import Foundation
import MetricModel
import Telemetry
import TestSupport
import Testing

@Suite("Exemplars", .timeLimit(.minutes(2)))
struct ExemplarTests {
  private struct Read: Decodable, Equatable {
    let le: String
    let labels: [String: String]
    let value: Double
    let timestamp: Double
  }

  private static let program = """
    import json, sys
    from prometheus_client.openmetrics import parser
    page = sys.stdin.buffer.read().decode("utf-8")
    json.dump([{"le": s.labels["le"], "labels": s.exemplar.labels, "value": s.exemplar.value,
      "timestamp": float(s.exemplar.timestamp)} for f in parser.text_string_to_metric_families(page)
      for s in f.samples if s.exemplar], sys.stdout)
    """

  private static func read(_ registry: Registry) async throws -> [Read] {
    let answer = try await Subprocess.check(
      [PageReader.python, "-c", program], input: String(decoding: registry.expose(.openMetrics), as: UTF8.self),
      timeout: .seconds(60))
    return try JSONDecoder().decode([Read].self, from: Data(answer.utf8))
  }

  @Test("a bucket keeps the trace of its newest observation, with its value and instant")
  func newest() async throws {
    let registry = Registry()
    let histogram = registry.histogram(Families.waits)
    let traces = (0..<3).map { _ in TraceContext.random() }
    let before = Date().timeIntervalSince1970
    histogram.observe(0.05, exemplar: traces[0])
    histogram.observe(0.07, exemplar: traces[1])
    histogram.observe(9, exemplar: traces[2])
    histogram.observe(0.5)
    histogram.observe(0.6, exemplar: .none)
    let read = try await Self.read(registry)
    #expect(read.map(\.le) == ["0.1", "+Inf"])
    #expect(read.map(\.value) == [0.07, 9])
    #expect(read.map { $0.labels["trace_id"] } == [traces[1].traceID, traces[2].traceID])
    #expect(read.map { $0.labels["span_id"] } == [traces[1].spanID, traces[2].spanID])
    for exemplar in read { #expect(exemplar.timestamp > before - 1 && exemplar.timestamp < before + 60) }
    #expect(!String(decoding: registry.expose(.text), as: UTF8.self).contains("trace_id"))
  }

  @Test("exemplars of many threads are never torn")
  func whole() async throws {
    let registry = Registry()
    let histogram = registry.histogram(Families.waits)
    // Value, trace and span of one exemplar say the same number.
    await withTaskGroup(of: Void.self) { group in
      for task in 1...4 {
        group.addTask {
          let number = UInt64(task)
          let trace = TraceContext(traceHigh: number, traceLow: number, span: number, isSampled: false)
          for _ in 0..<20_000 { histogram.observe(10 * Double(task), exemplar: trace) }
        }
      }
      group.addTask {
        for _ in 0..<200 {
          for line in String(decoding: registry.expose(.openMetrics), as: UTF8.self).split(separator: "\n")
          where line.contains(" # {") {
            let tasks = (1...4).filter { task in
              let text = String(repeating: "0", count: 15) + "\(task)"
              return line.contains("{trace_id=\"\(text)\(text)\",span_id=\"\(text)\"} \(10 * task) ")
            }
            #expect(tasks.count == 1, "\(line)")
          }
        }
      }
    }
    #expect(try await Self.read(registry).count == 1)
  }
}
