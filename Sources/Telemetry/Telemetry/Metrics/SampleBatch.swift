import MetricModel

/// Samples that a collector reads from elsewhere at scrape time: a process' statistics, a server's counters.
public struct SampleBatch: Sendable {
  public struct Sample: Sendable, Equatable {
    public let labelValues: [String]
    public let value: Double
  }

  public private(set) var families: [(descriptor: FamilyDescriptor, samples: [Sample])] = []
  private var positions: [String: Int] = [:]
  public private(set) var sampleCount = 0

  public init() {}

  public mutating func add<K: ScalarKind, L: LabelSet>(_ family: Family<K, L>, _ labels: L, _ value: Double) {
    add(family.descriptor, labelValues: labels.labelValues, value)
  }

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
  func collect(into batch: inout SampleBatch)
}
