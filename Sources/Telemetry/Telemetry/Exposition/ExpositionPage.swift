import MetricModel
import Synchronization

/// A page that is rendered as it is taken, so that no page is held whole. Values are read when their chunk is.
///
/// `@unchecked`: everything is only touched in `next`, under the lock.
public final class ExpositionPage: @unchecked Sendable {
  private let lock = Mutex(())
  /// The cursors read from them, also when their registry is gone.
  private let instruments: [any Exposable]
  private let cursors: [FamilyCursor]
  private let readings: [SampleBatch.Reading]
  private let plan: PagePlan
  private let report: (Registry.Problem) -> Void
  private var writer: PageWriter
  /// In the plan's order.
  private var position = 0
  /// In the family's samples.
  private var sample = 0
  private var hasBegun = false
  private var isFinished = false

  /// - Parameter report: told of samples that are left out.
  init(
    _ instruments: [any Exposable], _ readings: [SampleBatch.Reading], _ plan: PagePlan, _ format: ExpositionFormat,
    writesCreated: Bool, report: @escaping (Registry.Problem) -> Void
  ) {
    self.instruments = instruments
    self.readings = readings
    self.plan = plan
    self.report = report
    cursors = instruments.map { $0.cursor() }
    writer = PageWriter(format, writesCreated: writesCreated)
  }

  /// The next 64 KiB or so; nil after the last.
  public func next() -> [UInt8]? { lock.withLock { _ in advance() } }

  private func advance() -> [UInt8]? {
    while position < plan.order.count {
      let index = plan.order[position]
      if !hasBegun { begin(index) }
      guard write(index) else { return writer.take() }
      writer.end()
      hasBegun = false
      position += 1
      if writer.isFull, position < plan.order.count { return writer.take() }
    }
    guard !isFinished else { return nil }
    isFinished = true
    writer.finish()
    return writer.take()
  }

  private func begin(_ index: Int) {
    hasBegun = true
    sample = 0
    let isInstrument = index < cursors.count
    let descriptor = isInstrument ? cursors[index].descriptor : readings[index - cursors.count].descriptor
    writer.begin(descriptor, plan.heads.isEmpty ? nil : plan.heads[index])
    if !isInstrument { writer.begin(seriesCount: readings[index - cursors.count].seriesInOrderCount) }
  }

  /// - Returns: false where the chunk is full before the family is whole.
  private func write(_ index: Int) -> Bool {
    guard index >= cursors.count else { return cursors[index].advance(&writer) }
    return writer.write(readings[index - cursors.count], from: &sample, report: report)
  }
}
