import MetricModel

/// Samples that a collector reads from elsewhere at scrape time: a process' statistics, a server's counters.
/// A value: one thread at a time. Of two samples with the same labels the page has the first, and the problem handler
/// hears of the other.
public struct SampleBatch: Sendable {
  /// One series of a family.
  public struct Sample: Sendable, Equatable {
    /// Aligned with the descriptor's names; where their number is another, the sample is not exposed.
    public let labelValues: [String]
    /// In the unit of the family; any double.
    public let value: Double
  }

  /// In the order in which they came first.
  public private(set) var families: [(descriptor: FamilyDescriptor, samples: [Sample])] = []
  private var positions: [String: Int] = [:]
  /// Of all families together.
  public private(set) var sampleCount = 0

  /// Without samples.
  public init() {}

  /// Costs a look into a dictionary by the family's name, and the values' array.
  public mutating func add<K: ScalarKind, L: LabelSet>(_ family: Family<K, L>, _ labels: L, _ value: Double) {
    add(family.descriptor, labelValues: labels.labelValues, value)
  }

  /// The same of a family without labels.
  public mutating func add<K: ScalarKind>(_ family: Family<K, NoLabels>, _ value: Double) {
    add(family.descriptor, labelValues: [], value)
  }

  /// For families whose names the target chooses (a setting of PostgreSQL).
  public mutating func add(_ descriptor: FamilyDescriptor, labelValues: [String], _ value: Double) {
    let sample = Sample(labelValues: labelValues, value: value)
    sampleCount += 1
    if let position = positions[descriptor.name] {
      families[position].samples.append(sample)
    } else {
      positions[descriptor.name] = families.count
      families.append((descriptor, [sample]))
    }
  }

  /// Appends what another collector read; a family that both have stays together, as the formats demand.
  public mutating func append(_ other: SampleBatch) {
    for (descriptor, samples) in other.families {
      for sample in samples { add(descriptor, labelValues: sample.labelValues, sample.value) }
    }
  }
}

/// Reads samples when a scrape asks. It must be fast and must not block.
public protocol Collector: Sendable {
  /// Adds what it reads. Called on the thread that asked for the page; pages that are made at the same time call it at
  /// the same time.
  func collect(into batch: inout SampleBatch)
}
