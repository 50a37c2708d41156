import MetricModel

/// A classic histogram with the family's bounds; safe from any thread.
///
/// The count is the sum of the buckets, so that it equals the `+Inf` bucket in every scrape.
public final class HistogramInstrument<L: ClosedLabelSet>: Exposable {
  let descriptor: FamilyDescriptor
  private let table = SeriesTable<L>()
  @usableFromInline let bounds: [Double]
  /// A series is `bounds.count + 1` bucket cells.
  @usableFromInline let buckets: AtomicCells
  @usableFromInline let sums = AtomicCells(count: L.count)

  init(_ descriptor: FamilyDescriptor) {
    self.descriptor = descriptor
    bounds = descriptor.bounds
    buckets = AtomicCells(count: L.count * (descriptor.bounds.count + 1))
  }

  /// Counts a value in the unit of the family; NaN is a caller's mistake and is not counted.
  @inlinable public func observe(_ value: Double, _ labels: L) {
    guard !value.isNaN else { return }
    let slot = labels.slot
    var bucket = 0
    while bucket < bounds.count, value > bounds[bucket] { bucket += 1 }
    buckets.add(whole: 1, at: slot * (bounds.count + 1) + bucket)
    sums.add(fraction: value, at: slot)
  }

  public func expose(_ labels: L) { table.expose(labels.slot) }

  /// How many observations the series has.
  public func count(_ labels: L) -> Int { count(at: labels.slot) }

  private func count(at slot: Int) -> Int {
    let first = slot * (bounds.count + 1)
    return (first...first + bounds.count).reduce(0) { $0 + Int(buckets.load(at: $1)) }
  }

  func write(to writer: inout ExpositionWriter) {
    writer.header(descriptor)
    for (slot, labels) in table.exposed(isTouched: { count(at: $0) != 0 }) {
      let first = slot * (bounds.count + 1)
      var cumulative = 0
      for (index, bound) in bounds.enumerated() {
        cumulative += Int(buckets.load(at: first + index))
        writer.bucket(descriptor.name, labels: labels, bound: bound, count: cumulative)
      }
      cumulative += Int(buckets.load(at: first + bounds.count))
      writer.bucket(descriptor.name, labels: labels, bound: .infinity, count: cumulative)
      let sum = Double(bitPattern: sums.load(at: slot))
      writer.sample(descriptor.name, suffix: "_sum", labels: labels, value: sum)
      writer.sample(descriptor.name, suffix: "_count", labels: labels, value: Double(cumulative))
    }
  }
}
