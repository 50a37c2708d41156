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

  init(_ format: ExpositionFormat, writesCreated: Bool) {
    isProtobuf = format.kind == .protobuf
    text = TextRenderer(format, writesCreated: writesCreated, capacity: isProtobuf ? 0 : Self.bufferBytes)
    protobuf = ProtobufRenderer(format, capacity: isProtobuf ? Self.bufferBytes : 0)
  }

  /// It is time to take the chunk.
  var isFull: Bool { (isProtobuf ? protobuf.buffer.count : text.buffer.count) >= Self.chunkBytes }

  mutating func take() -> [UInt8] { isProtobuf ? protobuf.buffer.take() : text.buffer.take() }

  mutating func begin(_ family: FamilyDescriptor) {
    if isProtobuf { protobuf.begin(family) } else { text.begin(family) }
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
