import Catalog
import ExporterKit
import Logging
import MetricModel
import Synchronization
import Telemetry

/// A target whose every answer a test chooses. Real ones are tested with real servers; this one is for the engine.
final class FakeTarget: ExporterTarget {
  struct Trouble: Error {
    var name = "trouble"
    var isTimeout = false
  }

  struct State {
    var readings: [String] = []
    var isDown = false
    var closings = 0
    /// Scrapes that run at this moment, and the most that did.
    var running = 0
    var mostRunning = 0
  }

  let address = "fake"
  let up: Family<Gauge, NoLabels>?
  let selfFamilies = ExporterSelf(namespace: "fake")
  let usage = TargetUsage()
  let state = Mutex(State())

  init(up: Family<Gauge, NoLabels>? = Family("fake_up", "1 if the target answered.")) { self.up = up }

  /// All at once, each until it ends: a deadline that a collector ignores is ignored.
  func collect(
    _ collectors: [FakeCollector], until deadline: ContinuousClock.Instant, reporting progress: ScrapeProgress
  ) async {
    let isDown = state.withLock { state in
      state.running += 1
      state.mostRunning = max(state.mostRunning, state.running)
      return state.isDown
    }
    defer { state.withLock { $0.running -= 1 } }
    guard !isDown else {
      for collector in collectors { progress.fail(collector.name, Trouble(name: "refused")) }
      return
    }
    progress.targetAnswered()
    usage.addQueries(collectors.count)
    await withTaskGroup { group in
      for collector in collectors { group.addTask { await self.read(collector, deadline, progress) } }
    }
  }

  private func read(
    _ collector: FakeCollector, _ deadline: ContinuousClock.Instant, _ progress: ScrapeProgress
  ) async {
    state.withLock { $0.readings.append(collector.name) }
    progress.begin(collector.name)
    do {
      try await collector.body(deadline)
      progress.succeed(collector.name, with: FakeTarget.batch(collector.name))
    } catch {
      progress.fail(collector.name, error)
    }
  }

  static func batch(_ name: String) -> SampleBatch {
    var batch = SampleBatch()
    let family = FamilyDescriptor(name: "fake_value", help: "Fake.", kind: .gauge, labelNames: ["name"])
    batch.add(family, labelValues: [name], 1)
    return batch
  }

  func failure(of error: any Error) -> CollectorFailure {
    let trouble = error as? Trouble
    return CollectorFailure(category: trouble?.name ?? "other", isTimeout: trouble?.isTimeout ?? false)
  }

  func close() async { state.withLock { $0.closings += 1 } }
}

/// Does what its closure says.
struct FakeCollector: ExporterCollector {
  let name: String
  var isDefault = true
  let help = "Exporta lo que la prueba quiere."
  var body: @Sendable (ContinuousClock.Instant) async throws -> Void = { _ in }
}

/// Log lines as a test looks at them: `error the collector fails … [a]`.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }

  var logger: Logger {
    Logger(label: "test") { _ in Handler(lines: self) }
  }

  private struct Handler: LogHandler {
    let lines: LogLines
    var logLevel = Logger.Level.debug
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let subject = event.metadata?["collector"].map { " [\($0)]" } ?? ""
      lines.lines.withLock { $0.append("\(event.level) \(event.message)\(subject)") }
    }
  }
}

extension SampleBatch {
  /// The value of a sample, by the family's name and one of its label values.
  func value(_ family: String, _ label: String = "") -> Double? {
    families.first { $0.descriptor.name == family }?.samples
      .first { label.isEmpty || $0.labelValues.contains(label) }?.value
  }
}
