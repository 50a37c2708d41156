import Glibc
import Logging
import Synchronization
import Telemetry

/// JSON lines of 6 fields through swift-log to a sink that throws them away.
enum Logs {
  static let cases = [
    Case("log-line") {
      let channel = NullChannel()
      return { operations throws(CaseError) in
        try channel.burst(operations) { logger, index in log(logger, index) }
      }
    }
  ]

  @inline(__always) static func log(_ logger: Logger, _ index: Int) {
    logger.info(
      "Request answered.",
      metadata: [
        "method": "GET", "route": "/api/v1/productos/{id}", "status": .stringConvertible(200),
        "bytes": .stringConvertible(index & 4_095), "duration_seconds": .stringConvertible(0.001234),
        "request_id": "4bf92f3577b34da6a3ce929d0e0e4736",
      ])
  }
}

/// A pipeline whose only sink counts its records.
struct NullChannel {
  /// What a queue holds without dropping, with room to spare.
  private static let burstRecords = 1_000
  private static let drainLimitNanoseconds = 10_000_000_000

  private let sink = NullSink()
  private let logger: Logger
  private let pipeline: LogPipeline

  init() {
    // The sampler looks at each record and lets all pass.
    let sampling = LogSampling(recordsPerSecond: .max)
    let pipeline = LogPipeline(service: "bench", sinks: [("null", sink)], sampling: sampling) { _ in }
    self.pipeline = pipeline
    logger = Logger(label: "bench.requests") { pipeline.handler(label: $0, level: .info) }
  }

  /// Does the work as often, waiting between bursts until the sink has everything: only the caller's time is counted.
  func burst(_ operations: Int, _ body: (Logger, _ index: Int) -> Void) throws(CaseError) -> Int {
    var nanoseconds = 0
    var done = 0
    while done < operations {
      let end = min(done + Self.burstRecords, operations)
      let expected = sink.taken.load(ordering: .acquiring) + end - done
      let start = Stopwatch.now()
      for index in done..<end { body(logger, index) }
      let written = Stopwatch.now()
      nanoseconds += written - start
      while sink.taken.load(ordering: .acquiring) < expected {
        guard Stopwatch.now() - written < Self.drainLimitNanoseconds else {
          throw CaseError("the pipeline lost records of a burst of \(Self.burstRecords): its queue is too small for it")
        }
        sched_yield()
      }
      done = end
    }
    return nanoseconds
  }
}

final class NullSink: LogSink, Sendable {
  let taken = Atomic(0)

  /// It takes lines alone, as standard output does.
  var usesFields: Bool { false }

  func write(_ records: [LogRecord]) { taken.wrappingAdd(records.count, ordering: .releasing) }
}
