import MetricModel
import Synchronization

/// The families that a process records, and the collectors that it asks at scrape time.
///
/// A mistake in metrics never ends a process: a second family of one name gets an instrument that counts and is
/// not exposed, and the problem handler hears of it.
public final class Registry: Sendable {
  /// Something that a scrape lacks because of a mistake in the program.
  public enum Problem: Sendable, Hashable {
    /// Two families that write one name in some format, or samples with the labels of another; the second is not exposed.
    case nameConflict(String)
    /// Two samples with the same labels; the second is not exposed.
    case duplicateSeries(String)
    /// A label declares another `count` than it has cases; the family is not exposed.
    case labelCount(String)
    /// A family has as many series as it may; what would be one more is counted in its overflow series.
    case cardinality(String)
  }

  /// - Parameter isFirst: of this problem; the later ones are to be counted, not logged.
  public typealias ProblemHandler = @Sendable (_ problem: Problem, _ isFirst: Bool) -> Void

  private struct State {
    var instruments: [String: any Exposable] = [:]
    /// Of the instruments.
    var names = PageNames()
    var collectors: [any Collector] = []
    var reported: Set<Problem> = []
    /// Found before there was a handler.
    var unheard: [Problem] = []
    var onProblem: ProblemHandler?
    /// Kept as long as the registry is: another thread may still call an old one.
    var handlers: [HandlerBox] = []
  }

  private let state = Mutex(State())
  /// Of the pages made last, which differ in format or in what was asked for.
  private let plans = Mutex<[PagePlan]>([])
  private static let maximumPlans = 4
  private let writesCreated: Bool
  /// The handler once more, for who may not wait for a lock.
  private let handler = Atomic<Unmanaged<HandlerBox>?>(nil)

  private final class HandlerBox: Sendable {
    let handler: ProblemHandler
    init(_ handler: @escaping ProblemHandler) { self.handler = handler }
  }

  /// - Parameter writesCreated: whether OpenMetrics pages have `_created` samples, which Prometheus stores as series of
  ///   their own. Protobuf pages say when a series began in any case.
  public init(writesCreated: Bool = false) { self.writesCreated = writesCreated }

  /// Called from the thread that found the problem; at once with what was found before.
  public func setProblemHandler(_ handler: @escaping ProblemHandler) {
    let box = HandlerBox(handler)
    let unheard = state.withLock { state in
      state.onProblem = handler
      state.handlers.append(box)
      self.handler.store(.passUnretained(box), ordering: .releasing)
      defer { state.unheard = [] }
      return state.unheard
    }
    for problem in unheard { handler(problem, true) }
  }

  /// Asks the collector at each scrape from now on, behind those that came before; one that is registered twice is
  /// asked twice. Takes a lock; safe from any thread.
  public func register(_ collector: any Collector) { state.withLock { $0.collectors.append(collector) } }

  /// The instrument of the family: the one that is there, or a new one.
  /// - Parameter isSound: whether its labels can be relied on; else it counts, and is not exposed.
  func instrument<I: Exposable>(
    _ descriptor: FamilyDescriptor, isSound: Bool = true, make: (FamilyDescriptor) -> I
  ) -> I {
    guard isSound else {
      report(.labelCount(descriptor.name))
      return make(descriptor)
    }
    return exposedInstrument(descriptor, make: make) ?? make(descriptor)
  }

  /// The same; nil, and the problem reported, where the name belongs to another family.
  func exposedInstrument<I: Exposable>(_ descriptor: FamilyDescriptor, make: (FamilyDescriptor) -> I) -> I? {
    let instrument: I? = state.withLock { state in
      if let existing = state.instruments[descriptor.name] {
        return existing.descriptor.isInterchangeable(with: descriptor) ? existing as? I : nil
      }
      guard state.names.claim(descriptor) else { return nil }
      let new = make(descriptor)
      state.instruments[descriptor.name] = new
      return new
    }
    if instrument == nil { report(.nameConflict(descriptor.name)) }
    return instrument
  }

  /// Tells the problem handler, on the calling thread; for adapters that find what the registry cannot see.
  public func report(_ problem: Problem) {
    let (handler, isFirst): (ProblemHandler?, Bool) = state.withLock { state in
      let isFirst = state.reported.insert(problem).inserted
      if isFirst, state.onProblem == nil { state.unheard.append(problem) }
      return (state.onProblem, isFirst)
    }
    handler?(problem, isFirst)
  }

  /// One more record of an open family that is full: without a lock, but for the first time.
  func reportOverflow(of name: String, isFirst: Bool) {
    if isFirst { return report(.cardinality(name)) }
    handler.load(ordering: .acquiring)?._withUnsafeGuaranteedRef { $0.handler(.cardinality(name), false) }
  }

  /// Everything as one page, families in the order of their names. The collectors are asked here, on this thread and
  /// without a lock; instruments are read as the page is taken. Safe from any thread, several pages at a time.
  /// - Parameters:
  ///   - format: as `ExpositionFormat.negotiate(accept:)` found it.
  ///   - more: what a scrape read beside the collectors, as an exporter does.
  ///   - families: names of those that are wanted; nil for all.
  public func page(
    _ format: ExpositionFormat, adding more: SampleBatch = SampleBatch(), only families: Set<String>? = nil
  ) -> ExpositionPage {
    let (all, collectors, names) = state.withLock { ($0.instruments, $0.collectors, $0.names) }
    let instruments =
      families.map { families in all.compactMap { families.contains($0.key) ? $0.value : nil } } ?? all.map(\.value)
    var batch = SampleBatch()
    for collector in collectors { collector.collect(into: &batch) }
    // Behind them: it may have what strangers brought, which must not take the place of what the process says.
    batch.append(more)
    if let families { batch = batch.filtered { families.contains($0.name) } }
    let readings = format.kind == .openMetrics ? batch.families.flatMap { $0.asOpenMetrics } : batch.families
    let plan = plan(instruments, readings, format, names)
    for name in plan.refused { report(.nameConflict(name)) }
    return ExpositionPage(instruments, readings, plan, format, writesCreated: writesCreated) { self.report($0) }
  }

  /// Of the last pages, or a new one.
  private func plan(
    _ instruments: [any Exposable], _ readings: [SampleBatch.Reading], _ format: ExpositionFormat, _ names: PageNames
  ) -> PagePlan {
    let known = plans.withLock { plans in plans }
    if let known = known.first(where: { $0.fits(instruments, readings, format) }) { return known }
    let plan = PagePlan(instruments, readings, format, instruments: names)
    plans.withLock { $0 = [plan] + $0.prefix(Self.maximumPlans - 1) }
    return plan
  }

  /// The same in one piece.
  public func expose(_ format: ExpositionFormat, adding more: SampleBatch = SampleBatch()) -> [UInt8] {
    let page = page(format, adding: more)
    var bytes = page.next() ?? []
    while let chunk = page.next() { bytes += chunk }
    return bytes
  }
}

extension FamilyDescriptor {
  /// Two declarations of one name that are recorded and read alike.
  fileprivate func isInterchangeable(with other: FamilyDescriptor) -> Bool {
    help == other.help && kind == other.kind && unit == other.unit && labelNames == other.labelNames
      && bounds == other.bounds && native == other.native
  }
}

extension SampleBatch.Reading {
  /// OpenMetrics refuses a summary whose quantiles are percentiles: there it is three families of unknown kind, whose
  /// samples have the same names.
  fileprivate var asOpenMetrics: [SampleBatch.Reading] {
    guard descriptor.kind == .summary, !distributions.allSatisfy(\.distribution.hasProperQuantiles) else {
      return [self]
    }
    func unknown(_ suffix: String, labels: [String] = [], unit: Unit? = nil) -> SampleBatch.Reading {
      SampleBatch.Reading(
        descriptor: FamilyDescriptor(
          name: descriptor.name + suffix, help: descriptor.help, kind: .unknown, unit: unit,
          labelNames: descriptor.labelNames + labels))
    }
    var quantiles = unknown("", labels: ["quantile"], unit: descriptor.unit)
    var (sums, counts) = (unknown("_sum"), unknown("_count"))
    for sample in distributions {
      quantiles.samples += sample.distribution.points.map {
        SampleBatch.Sample(labelValues: sample.labelValues + [NumberText.text(of: $0.at)], value: $0.value)
      }
      sums.samples.append(.init(labelValues: sample.labelValues, value: sample.distribution.sum))
      counts.samples.append(.init(labelValues: sample.labelValues, value: sample.distribution.count))
    }
    return [quantiles, sums, counts]
  }
}

extension FamilyDescriptor {
  /// With bounds that rise and are finite, as every format demands.
  var withSoundBounds: FamilyDescriptor {
    let sound = Set(bounds.filter(\.isFinite)).sorted()
    guard sound != bounds else { return self }
    return FamilyDescriptor(
      name: name, help: help, kind: kind, unit: unit, labelNames: labelNames, bounds: sound, native: native, use: use)
  }
}
