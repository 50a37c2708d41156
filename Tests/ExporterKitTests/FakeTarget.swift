import Catalog
import ExporterKit
import MetricModel
import Synchronization
import Telemetry

/// A target whose every answer a test chooses. Real ones are tested with real servers; this one is for the engine.
final class FakeTarget: ExporterTarget {
  struct Session: Sendable { let number: Int }

  struct Trouble: Error {
    var name = "trouble"
    var isTimeout = false
  }

  struct State {
    var opened = 0
    var closed = 0
    var lost: Set<Int> = []
    var refuses = false
    var readings: [String] = []
  }

  let address = "fake"
  let up = PG.up
  let selfFamilies = ExporterSelf.postgres
  let state = Mutex(State())

  func open(until deadline: ContinuousClock.Instant) async throws -> Session {
    try state.withLock { state in
      if state.refuses { throw Trouble(name: "refused") }
      state.opened += 1
      return Session(number: state.opened)
    }
  }

  func isUsable(_ session: Session) -> Bool { state.withLock { !$0.lost.contains(session.number) } }

  func close(_ session: Session) async { state.withLock { $0.closed += 1 } }

  func failure(of error: any Error) -> CollectorFailure {
    let trouble = error as? Trouble
    return CollectorFailure(category: trouble?.name ?? "other", isTimeout: trouble?.isTimeout ?? false)
  }
}

/// Does what its closure says, and notes that it ran.
struct FakeCollector: ExporterCollector {
  let name: String
  let target: FakeTarget
  var limit = Duration.seconds(5)
  var body: @Sendable (FakeTarget.Session, ContinuousClock.Instant) async throws -> Void = { _, _ in }

  func collect(
    from session: FakeTarget.Session, into batch: inout SampleBatch, until deadline: ContinuousClock.Instant
  ) async throws {
    target.state.withLock { $0.readings.append("\(name)@\(session.number)") }
    batch.add(PG.StatDatabase.deadlocks, DatabaseLabels(datid: "1", datname: name, server: ServerLabel("s")), 1)
    try await body(session, deadline)
  }
}

extension SampleBatch {
  /// The value of a sample, by the family's name and one of its label values.
  func value(_ family: String, _ label: String = "") -> Double? {
    families.first { $0.descriptor.name == family }?.samples
      .first { label.isEmpty || $0.labelValues.contains(label) }?.value
  }
}
