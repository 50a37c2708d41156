import MetricModel

/// Families in one of the formats, as bytes that are taken away chunk by chunk.
struct PageWriter: ~Copyable {
  /// About how much is rendered before it is handed on.
  static let chunkBytes = 64 << 10
  /// A chunk, and the series that made it one.
  private static let bufferBytes = chunkBytes + (8 << 10)

  private let isProtobuf: Bool
  private var text: TextRenderer
  private var protobuf: ProtobufRenderer
  /// Of the family under way, where it is a batch's.
  private var seen = SeenSeries()

  init(_ format: ExpositionFormat, writesCreated: Bool) {
    isProtobuf = format.kind == .protobuf
    text = TextRenderer(format, writesCreated: writesCreated, capacity: isProtobuf ? 0 : Self.bufferBytes)
    protobuf = ProtobufRenderer(format, capacity: isProtobuf ? Self.bufferBytes : 0)
  }

  /// It is time to take the chunk.
  var isFull: Bool { (isProtobuf ? protobuf.buffer.count : text.buffer.count) >= Self.chunkBytes }

  mutating func take() -> [UInt8] { isProtobuf ? protobuf.buffer.take() : text.buffer.take() }

  /// - Parameter head: nil for protobuf.
  mutating func begin(_ family: FamilyDescriptor, _ head: FamilyHead?) {
    if let head { text.begin(head) } else { protobuf.begin(family) }
  }

  /// A family of a batch follows.
  mutating func begin(seriesCount: Int) { seen.begin(count: seriesCount) }

  /// Writes on a family of a batch.
  /// - Parameters:
  ///   - position: in its samples, or its distributions.
  ///   - report: told of what is left out: a series that is there twice, or whose values are not as many as the names.
  /// - Returns: false where the chunk is full before the family is whole.
  mutating func write(
    _ reading: borrowing SampleBatch.Reading, from position: inout Int, report: (Registry.Problem) -> Void
  ) -> Bool {
    let count = reading.seriesInOrderCount
    while position < count {
      if isFull { return false }
      let problem = reading.descriptor.kind.isDistribution ? distribution(reading, position) : sample(reading, position)
      if let problem { report(problem) }
      position += 1
    }
    // What is of the other kind is nobody's.
    let isMixed = reading.descriptor.kind.isDistribution ? !reading.samples.isEmpty : !reading.distributions.isEmpty
    if isMixed { report(.nameConflict(reading.descriptor.name)) }
    return true
  }

  private mutating func sample(_ reading: borrowing SampleBatch.Reading, _ index: Int) -> Registry.Problem? {
    let sample = reading.samples[index]
    if sample.ownLabelNames == nil, !isProtobuf {
      guard sample.labelValues.count == reading.descriptor.labelNames.count else {
        return .nameConflict(reading.descriptor.name)
      }
      if let (line, labels) = text.sample(sample.labelValues, sample.value + 0) {
        guard reading.samples.count > 1 else { return nil }
        let bytes = UnsafeBufferPointer(start: text.buffer.start + labels.lowerBound, count: labels.count)
        if isNew(bytes, reading, index) { return nil }
        text.buffer.cut(to: line)
        return .duplicateSeries(reading.descriptor.name)
      }
    }
    let names = sample.ownLabelNames ?? reading.descriptor.labelNames
    // What opens a line is written once a family: with labels or without.
    guard sample.labelValues.count == names.count, names.isEmpty == reading.descriptor.labelNames.isEmpty,
      sample.ownLabelNames?.allSatisfy({ Names.isLegal($0, colons: false) }) ?? true
    else { return .nameConflict(reading.descriptor.name) }
    let labels = SeriesLabels(names: names, values: sample.labelValues, areOwn: sample.ownLabelNames != nil)
    guard isNew(labels.text, reading, index) else { return .duplicateSeries(reading.descriptor.name) }
    withExtendedLifetime(labels) { scalar(reading.descriptor, labels.unretained, sample.value) }
    return nil
  }

  private mutating func distribution(_ reading: borrowing SampleBatch.Reading, _ index: Int) -> Registry.Problem? {
    let sample = reading.distributions[index]
    guard sample.labelValues.count == reading.descriptor.labelNames.count else {
      return .nameConflict(reading.descriptor.name)
    }
    let labels = SeriesLabels(names: reading.descriptor.labelNames, values: sample.labelValues)
    let distributions = reading.distributions
    let isNew = seen.insert(labels.text, at: index) { distributions[$0].labelValues == sample.labelValues }
    guard isNew else { return .duplicateSeries(reading.descriptor.name) }
    withExtendedLifetime(labels) { distribution(reading.descriptor, labels.unretained, sample.distribution) }
    return nil
  }

  private mutating func isNew(
    _ labels: UnsafeBufferPointer<UInt8>, _ reading: borrowing SampleBatch.Reading, _ index: Int
  ) -> Bool {
    let samples = reading.samples
    return seen.insert(labels, at: index) { earlier in
      samples[earlier].labelValues == samples[index].labelValues
        && samples[earlier].ownLabelNames == samples[index].ownLabelNames
    }
  }

  mutating func scalar(
    _ family: FamilyDescriptor, _ labels: Unmanaged<SeriesLabels>, _ value: Double, created: Timestamp? = nil
  ) {
    // Protobuf would show a -0, of which 1/x is -Inf.
    let value = value + 0
    if isProtobuf {
      protobuf.scalar(family, labels, value, created: created)
    } else {
      text.scalar(family, labels, value, created: created)
    }
  }

  mutating func histogram(_ family: FamilyDescriptor, _ labels: Unmanaged<SeriesLabels>, _ snapshot: HistogramSnapshot)
  {
    if isProtobuf { protobuf.histogram(family, labels, snapshot) } else { text.histogram(family, labels, snapshot) }
  }

  mutating func distribution(
    _ family: FamilyDescriptor, _ labels: Unmanaged<SeriesLabels>, _ distribution: Distribution
  ) {
    if isProtobuf {
      protobuf.distribution(family, labels, distribution)
    } else {
      text.distribution(family, labels, distribution)
    }
  }

  mutating func end() { if isProtobuf { protobuf.end() } }

  /// After the last family.
  mutating func finish() { if !isProtobuf { text.finish() } }
}

extension Kind {
  /// A series is several numbers.
  fileprivate var isDistribution: Bool { self == .histogram || self == .summary }
}

extension SampleBatch.Reading {
  /// How many there are of what the family's kind has.
  var seriesInOrderCount: Int { descriptor.kind.isDistribution ? distributions.count : samples.count }
}
