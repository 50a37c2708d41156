import MetricModel

/// Samples that a collector reads from elsewhere at scrape time: a process' statistics, a server's counters.
/// A value: one thread at a time. Of two samples with the same labels the page has the first, and the problem handler
/// hears of the other.
public struct SampleBatch: Sendable {
  /// One series of a family.
  public struct Sample: Sendable, Equatable {
    /// Aligned with the sample's names; where their number is another, the sample is not exposed.
    public let labelValues: [String]
    /// In the unit of the family; any double.
    public let value: Double
    /// Where the descriptor that it came with has other labels than the family's first one: standard exporters have
    /// families whose series do not all have the same labels (`node_power_supply_info`). nil for the family's own.
    public let ownLabelNames: [String]?

    init(labelValues: [String], value: Double, ownLabelNames: [String]? = nil) {
      self.labelValues = labelValues
      self.value = value
      self.ownLabelNames = ownLabelNames
    }
  }

  /// One series of a histogram or summary that somebody else counted.
  public struct DistributionSample: Sendable, Equatable {
    /// As those of a `Sample`.
    public let labelValues: [String]
    /// What was counted.
    public let distribution: Distribution
  }

  /// A family and what was read of it: samples, or distributions where it is a histogram or a summary.
  public struct Reading: Sendable {
    /// The family, as the first sample of its name declared it.
    public let descriptor: FamilyDescriptor
    /// In the order in which they came.
    public internal(set) var samples: [Sample] = []
    /// In the order in which they came; of histograms and summaries alone.
    public internal(set) var distributions: [DistributionSample] = []

    /// Series that it puts on a page.
    public var seriesCount: Int {
      // A histogram has its `+Inf` beside sum and count.
      let others = descriptor.kind == .histogram ? 3 : 2
      return distributions.reduce(samples.count) { $0 + $1.distribution.points.count + others }
    }
  }

  /// In the order in which they came first.
  public private(set) var families: [Reading] = []
  private var positions = FamilyPositions()
  /// Brought by somebody else under names of their choice (a text file): whoever puts a page together appends it last,
  /// so that it gives way to what the process itself says.
  package var isForeign = false

  /// Without samples.
  public init() {}

  /// Series of all families together.
  public var seriesCount: Int { families.reduce(0) { $0 + $1.seriesCount } }

  /// Costs a look into a dictionary by the family's name, unless the sample before was of the same, and the values'
  /// array.
  public mutating func add<K: ScalarKind, L: LabelSet>(_ family: Family<K, L>, _ labels: L, _ value: Double) {
    add(family.descriptor, labelValues: labels.labelValues, value)
  }

  /// The same of a family without labels.
  public mutating func add<K: ScalarKind>(_ family: Family<K, NoLabels>, _ value: Double) {
    add(family.descriptor, labelValues: [], value)
  }

  /// For families whose names the target chooses (a setting of PostgreSQL).
  public mutating func add(_ descriptor: FamilyDescriptor, labelValues: [String], _ value: Double) {
    let position = position(of: descriptor)
    let names = families[position].descriptor.labelNames
    families[position].samples.append(
      Sample(
        labelValues: labelValues, value: value,
        ownLabelNames: names == descriptor.labelNames ? nil : descriptor.labelNames))
  }

  /// A histogram or summary that somebody else counted.
  public mutating func add<L: LabelSet>(
    _ family: Family<Histogram, L>, _ labels: L, _ distribution: Distribution
  ) {
    add(family.descriptor, labelValues: labels.labelValues, distribution)
  }

  /// The same of a summary.
  public mutating func add<L: LabelSet>(_ family: Family<Summary, L>, _ labels: L, _ distribution: Distribution) {
    add(family.descriptor, labelValues: labels.labelValues, distribution)
  }

  /// The same for families whose names the target chooses. A descriptor of another kind than histogram and summary gets
  /// nothing on the page.
  public mutating func add(_ descriptor: FamilyDescriptor, labelValues: [String], _ distribution: Distribution) {
    families[position(of: descriptor)].distributions.append(
      DistributionSample(labelValues: labelValues, distribution: distribution))
  }

  /// Appends what another collector read; a family that both have stays together, as the formats demand. Where the two
  /// are not of the same kind, the second stays by itself: a page leaves it out, and the problem handler hears of it.
  public mutating func append(_ other: SampleBatch) {
    if families.isEmpty {
      let isForeign = isForeign
      self = other
      self.isForeign = isForeign
      return
    }
    families.reserveCapacity(families.count + other.families.count)
    for reading in other.families {
      let position = positions.find(reading.descriptor, among: families)
      guard position < families.count else {
        // The first of its name: its samples are shared, not copied.
        families.append(reading)
        continue
      }
      guard families[position].descriptor.takes(reading.descriptor, isForeign: other.isForeign) else {
        families.append(reading)
        continue
      }
      let names = reading.descriptor.labelNames
      if families[position].descriptor.labelNames == names {
        families[position].samples += reading.samples
      } else {
        families[position].samples += reading.samples.map {
          Sample(labelValues: $0.labelValues, value: $0.value, ownLabelNames: $0.ownLabelNames ?? names)
        }
      }
      families[position].distributions += reading.distributions
    }
  }

  /// Without the families that the closure does not want.
  public func filtered(_ isWanted: (FamilyDescriptor) -> Bool) -> SampleBatch {
    var batch = SampleBatch()
    batch.isForeign = isForeign
    for reading in families where isWanted(reading.descriptor) {
      _ = batch.positions.find(reading.descriptor, among: batch.families)
      batch.families.append(reading)
    }
    return batch
  }

  private mutating func position(of descriptor: FamilyDescriptor) -> Int {
    if let last = families.last, last.descriptor == descriptor { return families.count - 1 }
    let position = positions.find(descriptor, among: families)
    if position == families.count { families.append(Reading(descriptor: descriptor)) }
    return position
  }
}

extension FamilyDescriptor {
  /// Whether samples that came with the other may stand among those of this one. What a stranger brings must have the
  /// same labels too.
  fileprivate func takes(_ other: FamilyDescriptor, isForeign: Bool) -> Bool {
    kind == other.kind && (!isForeign || labelNames == other.labelNames)
  }
}

/// What one series of a histogram or summary says.
public struct Distribution: Sendable, Equatable {
  /// An upper bound with the number of observations up to it, or a quantile with its value.
  public struct Point: Sendable, Equatable {
    /// The bucket's upper bound in the family's unit, or the quantile from 0 to 1.
    public let at: Double
    /// Cumulative count, or value in the family's unit.
    public let value: Double

    /// Nothing is checked.
    public init(at: Double, _ value: Double) {
      self.at = at
      self.value = value
    }
  }

  /// By rising `at`; of a histogram without `+Inf`, which is the count.
  public let points: [Point]
  /// Of the observations, in the family's unit.
  public let sum: Double
  /// Of the observations.
  public let count: Double

  /// The points are sorted, and one at `+Inf` left out.
  public init(_ points: [Point], sum: Double, count: Double) {
    self.points = points.filter { $0.at != .infinity }.sorted { $0.at < $1.at }
    self.sum = sum
    self.count = count
  }

  /// OpenMetrics 1.0 §"Summary": quantiles are from 0 to 1.
  var hasProperQuantiles: Bool { points.allSatisfy { (0...1).contains($0.at) } }
}

/// Reads samples when a scrape asks. It must be fast and must not block.
public protocol Collector: Sendable {
  /// Adds what it reads. Called on the thread that asked for the page; pages that are made at the same time call it at
  /// the same time.
  func collect(into batch: inout SampleBatch)
}
