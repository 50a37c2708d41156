import MetricModel

/// Families as `io.prometheus.client.MetricFamily` messages, each behind its length as a varint
/// (https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto): the only format that
/// carries native histograms. A family is one message, so it is held whole until it ends.
struct ProtobufRenderer: ~Copyable {
  /// `MetricType`.
  private enum MetricType: UInt64 {
    case counter = 0
    case gauge = 1
    case summary = 2
    case untyped = 3
    case histogram = 4
  }

  private let escaping: EscapingScheme
  var buffer: OutputBuffer
  private var family = OutputBuffer()
  private var metric = OutputBuffer()
  private var nested = OutputBuffer()
  private var labelNames: [String] = []

  init(_ format: ExpositionFormat, capacity: Int) {
    escaping = format.escaping
    buffer = OutputBuffer(capacity: capacity)
  }

  mutating func begin(_ descriptor: FamilyDescriptor) {
    labelNames = descriptor.labelNames.map { escaping.escape(label: $0) }
    family.removeAll()
    family.append(field: 1, escaping.escape(descriptor.name))
    family.append(field: 2, descriptor.help)
    family.append(field: 3, varint: Self.type(of: descriptor.kind).rawValue)
    if let unit = descriptor.unit { family.append(field: 5, unit.rawValue) }
  }

  mutating func scalar(
    _ descriptor: FamilyDescriptor, _ labels: Unmanaged<SeriesLabels>, _ value: Double, created: Timestamp?
  ) {
    beginMetric(labels)
    nested.removeAll()
    nested.append(field: 1, double: value)
    switch Self.type(of: descriptor.kind) {
    case .counter:
      if let created { nested.append(field: 3, created) }
      metric.append(field: 3, message: nested)
    case .gauge: metric.append(field: 2, message: nested)
    case .untyped, .histogram, .summary: metric.append(field: 5, message: nested)
    }
    family.append(field: 4, message: metric)
  }

  mutating func histogram(
    _ descriptor: FamilyDescriptor, _ labels: Unmanaged<SeriesLabels>, _ snapshot: HistogramSnapshot
  ) {
    beginMetric(labels)
    nested.removeAll()
    nested.append(field: 1, varint: snapshot.count)
    nested.append(field: 2, double: snapshot.sum)
    classicBuckets(descriptor.bounds, snapshot)
    if let native = snapshot.native { append(native) }
    nested.append(field: 15, snapshot.created)
    if descriptor.native != nil {
      for exemplar in snapshot.exemplars { if let exemplar { nested.append(field: 16, exemplar) } }
    }
    metric.append(field: 7, message: nested)
    family.append(field: 4, message: metric)
  }

  /// What somebody else counted, of which we know neither exemplars nor when it began.
  mutating func distribution(
    _ descriptor: FamilyDescriptor, _ labels: Unmanaged<SeriesLabels>, _ distribution: Distribution
  ) {
    let isSummary = descriptor.kind == .summary
    beginMetric(labels)
    nested.removeAll()
    nested.append(field: 1, varint: UInt64(clamping: distribution.count))
    nested.append(field: 2, double: distribution.sum)
    for point in distribution.points {
      var message = OutputBuffer(capacity: 64)
      if isSummary {
        message.append(field: 1, double: point.at)
        message.append(field: 2, double: point.value)
      } else {
        message.append(field: 1, varint: UInt64(clamping: point.value))
        message.append(field: 2, double: point.at)
      }
      nested.append(field: 3, message: message)
    }
    metric.append(field: isSummary ? 4 : 7, message: nested)
    family.append(field: 4, message: metric)
  }

  mutating func end() {
    buffer.append(varint: UInt64(family.count))
    buffer.append(contentsOf: family)
    family.removeAll()
  }

  private mutating func beginMetric(_ labels: Unmanaged<SeriesLabels>) {
    metric.removeAll()
    for (name, value) in zip(labels.ownNames ?? labelNames, labels.values) {
      nested.removeAll()
      nested.append(field: 1, name)
      nested.append(field: 2, value)
      metric.append(field: 1, message: nested)
    }
  }

  /// Cumulative, as in text; `+Inf` is left to the count unless it has an exemplar.
  private mutating func classicBuckets(_ bounds: [Double], _ snapshot: HistogramSnapshot) {
    guard !bounds.isEmpty else { return }
    var cumulative: UInt64 = 0
    for index in 0...bounds.count {
      cumulative += snapshot.bucketCounts[index]
      let exemplar = index < snapshot.exemplars.count ? snapshot.exemplars[index] : nil
      guard index < bounds.count || exemplar != nil else { continue }
      var bucket = OutputBuffer(capacity: 128)
      bucket.append(field: 1, varint: cumulative)
      bucket.append(field: 2, double: index < bounds.count ? bounds[index] : .infinity)
      if let exemplar { bucket.append(field: 3, exemplar) }
      nested.append(field: 3, message: bucket)
    }
  }

  private mutating func append(_ native: NativeSnapshot) {
    nested.append(field: 5, signed: Int64(native.schema))
    nested.append(field: 6, double: native.zeroThreshold)
    nested.append(field: 7, varint: native.zeroCount)
    append(native.negative, spans: 9, deltas: 10)
    append(native.positive, spans: 12, deltas: 13)
    if native.populated == 0, native.zeroCount == 0, native.zeroThreshold == 0 {
      // A span of nothing says that this is a native histogram all the same.
      append(span: 12, offset: 0, length: 0)
    }
  }

  /// Spans of neighbouring buckets, and each bucket's count less that of the one before.
  private mutating func append(_ buckets: [(index: Int, count: UInt64)], spans: UInt64, deltas: UInt64) {
    guard !buckets.isEmpty else { return }
    var spanStart = 0
    var end = 0
    for position in buckets.indices.dropFirst().map({ $0 }) + [buckets.count] {
      let isOver = position == buckets.count || buckets[position].index != buckets[position - 1].index + 1
      guard isOver else { continue }
      let first = buckets[spanStart].index
      append(span: spans, offset: first - end, length: position - spanStart)
      end = first + position - spanStart
      spanStart = position
    }
    var packed = OutputBuffer(capacity: 2 * buckets.count + 16)
    var before: Int64 = 0
    for bucket in buckets {
      packed.append(zigzag: Int64(bitPattern: bucket.count) - before)
      before = Int64(bitPattern: bucket.count)
    }
    nested.append(field: deltas, message: packed)
  }

  private mutating func append(span field: UInt64, offset: Int, length: Int) {
    var span = OutputBuffer(capacity: 64)
    span.append(field: 1, signed: Int64(offset))
    span.append(field: 2, varint: UInt64(length))
    nested.append(field: field, message: span)
  }

  private static func type(of kind: Kind) -> MetricType {
    switch kind {
    case .counter: .counter
    case .gauge, .info, .stateSet: .gauge
    case .unknown: .untyped
    case .histogram: .histogram
    case .summary: .summary
    }
  }
}

extension OutputBuffer {
  fileprivate mutating func append(field: UInt64, _ exemplar: Exemplar) {
    var message = OutputBuffer(capacity: 128)
    for (name, high, low) in [("trace_id", exemplar.traceHigh, exemplar.traceLow), ("span_id", exemplar.span, nil)]
      as [(String, UInt64, UInt64?)]
    {
      var value = OutputBuffer(capacity: 64)
      value.append(hexadecimal: high)
      if let low { value.append(hexadecimal: low) }
      var label = OutputBuffer(capacity: 64)
      label.append(field: 1, name)
      label.append(field: 2, message: value)
      message.append(field: 1, message: label)
    }
    message.append(field: 2, double: exemplar.value)
    message.append(field: 3, exemplar.time)
    append(field: field, message: message)
  }

  /// `google.protobuf.Timestamp`.
  fileprivate mutating func append(field: UInt64, _ time: Timestamp) {
    var message = OutputBuffer(capacity: 64)
    message.append(field: 1, varint: UInt64(bitPattern: Int64(time.seconds)))
    message.append(field: 2, varint: UInt64(time.nanoseconds))
    append(field: field, message: message)
  }
}

extension UInt64 {
  /// A count that somebody else wrote, which may be anything: NaN is 0.
  fileprivate init(clamping count: Double) {
    self = count > 0 ? UInt64(Swift.min(count.rounded(), 0x1p63)) : 0
  }
}
