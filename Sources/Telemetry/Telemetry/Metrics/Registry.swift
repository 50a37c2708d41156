import MetricModel
import Synchronization

/// The families that a process records, and the collectors that it asks at scrape time.
///
/// A mistake in metrics never ends a process: a second family of one name gets an instrument that counts and is
/// not exposed, and the problem handler hears of it once.
public final class Registry: Sendable {
  /// Something that a scrape lacks because of a mistake in the program.
  public enum Problem: Sendable, Equatable {
    /// Two families of one name, or samples with the labels of another; the second is not exposed.
    case nameConflict(String)
    /// Two samples with the same labels; the second is not exposed.
    case duplicateSeries(String)
  }

  private struct State {
    var instruments: [String: any Exposable] = [:]
    var collectors: [any Collector] = []
    var reported: Set<String> = []
    /// Found before there was a handler.
    var unheard: [Problem] = []
    var onProblem: (@Sendable (Problem) -> Void)?
  }

  private let state = Mutex(State())

  public init() {}

  /// Called once a name, from the thread that found it; at once with what was found before.
  public func setProblemHandler(_ handler: @escaping @Sendable (Problem) -> Void) {
    let unheard = state.withLock { state in
      state.onProblem = handler
      defer { state.unheard = [] }
      return state.unheard
    }
    for problem in unheard { handler(problem) }
  }

  public func counter<L: ClosedLabelSet>(_ family: Family<Counter, L>) -> CounterInstrument<L> {
    instrument(family.descriptor) { CounterInstrument<L>($0) }
  }

  public func gauge<L: ClosedLabelSet>(_ family: Family<Gauge, L>) -> GaugeInstrument<L> {
    instrument(family.descriptor) { GaugeInstrument<L>($0) }
  }

  public func histogram<L: ClosedLabelSet>(_ family: Family<Histogram, L>) -> HistogramInstrument<L> {
    instrument(family.descriptor) { HistogramInstrument<L>($0) }
  }

  public func register(_ collector: any Collector) { state.withLock { $0.collectors.append(collector) } }

  private func instrument<I: Exposable>(_ descriptor: FamilyDescriptor, make: (FamilyDescriptor) -> I) -> I {
    let (instrument, conflict): (I, Bool) = state.withLock { state in
      if let existing = state.instruments[descriptor.name] {
        let isSame = existing.descriptor.help == descriptor.help && existing.descriptor.bounds == descriptor.bounds
        if isSame, let same = existing as? I { return (same, false) }
        return (make(descriptor), true)
      }
      let new = make(descriptor)
      state.instruments[descriptor.name] = new
      return (new, false)
    }
    if conflict { report(.nameConflict(descriptor.name), of: descriptor.name) }
    return instrument
  }

  private func report(_ problem: Problem, of name: String) {
    let handler: (@Sendable (Problem) -> Void)? = state.withLock { state in
      guard state.reported.insert(name).inserted else { return nil }
      if state.onProblem == nil { state.unheard.append(problem) }
      return state.onProblem
    }
    handler?(problem)
  }

  /// Everything as one page, families in the order of their names.
  /// - Parameter more: what a scrape read beside the collectors, as an exporter does.
  public func expose(_ format: ExpositionFormat, adding more: SampleBatch = SampleBatch()) -> [UInt8] {
    let (instruments, collectors) = state.withLock { ($0.instruments, $0.collectors) }
    var batch = more
    for collector in collectors { collector.collect(into: &batch) }
    var blocks: [(name: String, write: (inout ExpositionWriter) -> Void)] = instruments.values.map { instrument in
      (instrument.descriptor.name, { instrument.write(to: &$0) })
    }
    for (descriptor, samples) in batch.families {
      guard instruments[descriptor.name] == nil else {
        report(.nameConflict(descriptor.name), of: descriptor.name)
        continue
      }
      blocks.append((descriptor.name, { self.write(descriptor, samples, to: &$0) }))
    }
    var writer = ExpositionWriter(format)
    for block in blocks.sorted(by: { $0.name < $1.name }) { block.write(&writer) }
    return writer.finish()
  }

  private func write(
    _ descriptor: FamilyDescriptor, _ samples: [SampleBatch.Sample], to writer: inout ExpositionWriter
  ) {
    writer.header(descriptor)
    var seen: Set<[String]> = []
    for sample in samples {
      guard sample.labelValues.count == descriptor.labelNames.count else {
        report(.nameConflict(descriptor.name), of: descriptor.name)
        continue
      }
      guard seen.insert(sample.labelValues).inserted else {
        report(.duplicateSeries(descriptor.name), of: descriptor.name)
        continue
      }
      let labels = ExpositionWriter.render(names: descriptor.labelNames, values: sample.labelValues)
      writer.sample(descriptor.name, labels: labels, value: sample.value)
    }
  }
}
