import Glibc
import MetricModel

/// Families as text: Prometheus 0.0.4 and 1.0.0
/// (https://prometheus.io/docs/instrumenting/exposition_formats/) or OpenMetrics 1.0
/// (https://prometheus.io/docs/specs/om/open_metrics_spec/).
struct TextRenderer: ~Copyable {
  private let format: ExpositionFormat
  private let isOpenMetrics: Bool
  /// Write `_created` samples: Prometheus stores each as a series of its own, so that they are written on request.
  private let writesCreated: Bool
  var buffer: OutputBuffer

  private var head: FamilyHead?
  private var name: String { head?.name ?? "" }
  private var isQuoted: Bool { head?.isQuoted ?? false }
  private var labelNames: [String]? { head?.labelNames }

  init(_ format: ExpositionFormat, writesCreated: Bool, capacity: Int) {
    buffer = OutputBuffer(capacity: capacity)
    self.format = format
    isOpenMetrics = format.kind == .openMetrics
    self.writesCreated = writesCreated
  }

  mutating func begin(_ head: FamilyHead) {
    self.head = head
    buffer.append(head.lines)
  }

  mutating func scalar(
    _ family: FamilyDescriptor, _ labels: Unmanaged<SeriesLabels>, _ value: Double, created: Timestamp?
  ) {
    if isQuoted || labelNames != nil {
      series("", labels)
      NumberText.append(value, to: &buffer)
      buffer.append(UInt8(ascii: "\n"))
    } else {
      line(labels, value)
    }
    if writesCreated, let created, family.kind == .counter, name.hasSuffix("_total") { self.created(labels, created) }
  }

  /// A sample of a batch, whose labels are rendered where they stand.
  /// - Returns: the labels' bytes in the buffer; nil where the family's names need more care than that.
  mutating func sample(_ values: [String], _ value: Double) -> (line: Int, labels: Range<Int>)? {
    guard let head, !head.isQuoted, head.labelNames == nil else { return nil }
    let line = buffer.count
    let size = values.reduce(head.fixedBytes) { $0 + 2 * $1.utf8.count }
    let start = buffer.space(for: size + NumberText.maximumBytes)
    var next = start.append(head.opening)
    let labels = next
    for index in values.indices {
      next = next.append(head.labelKeys[index])
      next = next.append(escaping: values[index])
    }
    let labelBytes = next - labels
    if !values.isEmpty {
      next[0] = UInt8(ascii: "\"")
      next[1] = UInt8(ascii: "}")
      next[2] = UInt8(ascii: " ")
      next += 3
    }
    next = NumberText.write(value, at: next)
    next.pointee = UInt8(ascii: "\n")
    buffer.advance(by: next + 1 - start)
    let first = line + (labels - start)
    return (line, first..<first + labelBytes)
  }

  mutating func histogram(_ family: FamilyDescriptor, _ labels: Unmanaged<SeriesLabels>, _ snapshot: HistogramSnapshot)
  {
    var cumulative: UInt64 = 0
    for index in snapshot.bucketCounts.indices {
      cumulative += snapshot.bucketCounts[index]
      open("_bucket")
      separate(isFirst: !isQuoted)
      if append(labels) { buffer.append(UInt8(ascii: ",")) }
      buffer.append("le=\"")
      let bound = index < family.bounds.count ? family.bounds[index] : .infinity
      // OpenMetrics wants a float ("1.0"), text 0.0.4 what Go prints ("1").
      NumberText.append(bound, to: &buffer, alwaysFloat: isOpenMetrics)
      buffer.append("\"} ")
      NumberText.append(cumulative, to: &buffer)
      if isOpenMetrics, index < snapshot.exemplars.count, family.bounds.count > 0,
        let exemplar = snapshot.exemplars[index]
      {
        append(exemplar)
      }
      buffer.append(UInt8(ascii: "\n"))
    }
    series("_sum", labels)
    NumberText.append(snapshot.sum, to: &buffer)
    buffer.append(UInt8(ascii: "\n"))
    series("_count", labels)
    NumberText.append(snapshot.count, to: &buffer)
    buffer.append(UInt8(ascii: "\n"))
    created(labels, snapshot.created)
  }

  /// What somebody else counted.
  mutating func distribution(
    _ family: FamilyDescriptor, _ labels: Unmanaged<SeriesLabels>, _ distribution: Distribution
  ) {
    let isSummary = family.kind == .summary
    for point in distribution.points { self.point(isSummary, labels, at: point.at, point.value) }
    if !isSummary { point(false, labels, at: .infinity, distribution.count) }
    for (suffix, value) in [("_sum", distribution.sum), ("_count", distribution.count)] as [(StaticString, Double)] {
      series(suffix, labels)
      NumberText.append(value, to: &buffer)
      buffer.append(UInt8(ascii: "\n"))
    }
  }

  /// A line with a label that is a number: OpenMetrics wants a float ("1.0"), text 0.0.4 what Go prints ("1").
  private mutating func point(_ isSummary: Bool, _ labels: Unmanaged<SeriesLabels>, at: Double, _ value: Double) {
    open(isSummary ? "" : "_bucket")
    separate(isFirst: !isQuoted)
    if append(labels) { buffer.append(UInt8(ascii: ",")) }
    buffer.append(isSummary ? "quantile=\"" : "le=\"")
    NumberText.appendLabel(at, to: &buffer, alwaysFloat: isOpenMetrics)
    buffer.append("\"} ")
    NumberText.append(value, to: &buffer)
    buffer.append(UInt8(ascii: "\n"))
  }

  mutating func finish() { if isOpenMetrics { buffer.append("# EOF\n") } }

  /// A whole line of the usual kind, checked for room once.
  private mutating func line(_ labels: Unmanaged<SeriesLabels>, _ value: Double) {
    guard let head else { return }
    let text = labels.text
    let start = buffer.space(for: head.opening.count + text.count + NumberText.maximumBytes + 3)
    var next = start.append(head.opening)
    if let labels = text.baseAddress, text.count > 0 {
      memcpy(next, labels, text.count)
      next += text.count
      next[0] = UInt8(ascii: "}")
      next[1] = UInt8(ascii: " ")
      next += 2
    }
    next = NumberText.write(value, at: next)
    next.pointee = UInt8(ascii: "\n")
    buffer.advance(by: next + 1 - start)
  }

  // MARK: Parts of a line

  /// Name, labels and the space before the value.
  private mutating func series(
    _ suffix: StaticString, _ labels: Unmanaged<SeriesLabels>, of stem: String? = nil
  ) {
    let name = stem ?? self.name
    if !isQuoted, labels.text.isEmpty {
      buffer.append(name)
      buffer.append(suffix)
      buffer.append(UInt8(ascii: " "))
      return
    }
    open(suffix, of: name)
    separate(isFirst: !isQuoted || labels.text.isEmpty)
    _ = append(labels)
    buffer.append("} ")
  }

  /// `name{` or `{"name"`.
  private mutating func open(_ suffix: StaticString, of stem: String? = nil) {
    let name = stem ?? self.name
    if isQuoted {
      buffer.append("{\"")
      buffer.append(escaping: name, quotes: true)
      buffer.append(suffix)
      buffer.append(UInt8(ascii: "\""))
    } else {
      buffer.append(name)
      buffer.append(suffix)
      buffer.append(UInt8(ascii: "{"))
    }
  }

  private mutating func separate(isFirst: Bool) { if !isFirst { buffer.append(UInt8(ascii: ",")) } }

  /// False where there are none.
  private mutating func append(_ labels: Unmanaged<SeriesLabels>) -> Bool {
    if let labelNames, labels.ownNames == nil {
      SeriesLabels.append(names: labelNames, values: labels.values, to: &buffer)
    } else {
      buffer.append(labels.text)
    }
    return !labels.text.isEmpty
  }

  /// OpenMetrics 1.0 §"Exemplars": the labels, the value, the instant in seconds.
  private mutating func append(_ exemplar: Exemplar) {
    buffer.append(" # {trace_id=\"")
    buffer.append(hexadecimal: exemplar.traceHigh)
    buffer.append(hexadecimal: exemplar.traceLow)
    buffer.append("\",span_id=\"")
    buffer.append(hexadecimal: exemplar.span)
    buffer.append("\"} ")
    NumberText.append(exemplar.value, to: &buffer)
    buffer.append(UInt8(ascii: " "))
    append(exemplar.time)
  }

  private mutating func created(_ labels: Unmanaged<SeriesLabels>, _ time: Timestamp) {
    guard isOpenMetrics, writesCreated else { return }
    let stem = name.hasSuffix("_total") ? String(name.dropLast("_total".count)) : name
    series("_created", labels, of: stem)
    append(time)
    buffer.append(UInt8(ascii: "\n"))
  }

  /// Seconds with milliseconds.
  private mutating func append(_ time: Timestamp) {
    NumberText.append(Int64(time.seconds), to: &buffer)
    let milliseconds = time.nanoseconds / 1_000_000
    buffer.append(UInt8(ascii: "."))
    for divisor in [100, 10, 1] { buffer.append(UInt8(ascii: "0") + UInt8(milliseconds / divisor % 10)) }
  }
}

extension OutputBuffer {
  /// 16 digits.
  mutating func append(hexadecimal value: UInt64) {
    let target = space(for: 16)
    for index in 0..<16 { target[index] = HexDigits.lower(UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * index))) }
    advance(by: 16)
  }
}

/// The alphabet of names before UTF-8 was allowed in them.
enum Names {
  /// Byte by byte: a page asks it of every name.
  static func isLegal(_ name: String, colons: Bool) -> Bool {
    var isFirst = true
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): break
      case UInt8(ascii: "0")...UInt8(ascii: "9"): if isFirst { return false }
      case UInt8(ascii: ":"): if !colons { return false }
      default: return false
      }
      isFirst = false
    }
    return !isFirst
  }

  static func quoted(_ name: String) -> String {
    var buffer = OutputBuffer(capacity: 64)
    buffer.append(UInt8(ascii: "\""))
    buffer.append(escaping: name, quotes: true)
    buffer.append(UInt8(ascii: "\""))
    return String(decoding: buffer.take(), as: UTF8.self)
  }
}

extension Unmanaged<SeriesLabels> {
  var text: UnsafeBufferPointer<UInt8> { _withUnsafeGuaranteedRef { $0.text } }
  var values: [String] { _withUnsafeGuaranteedRef { $0.values } }
  var ownNames: [String]? { _withUnsafeGuaranteedRef { $0.ownNames } }
}

extension UnsafeMutablePointer<UInt8> {
  /// - Returns: the place behind the bytes.
  fileprivate func append(_ bytes: [UInt8]) -> Self {
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { update(from: start, count: source.count) }
    }
    return self + bytes.count
  }

  /// A label's value, in at most twice its bytes.
  fileprivate func append(escaping text: String) -> Self {
    var text = text
    return text.withUTF8 { bytes in
      var next = self
      for byte in bytes {
        if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") {
          next.pointee = UInt8(ascii: "\\")
          next += 1
        }
        next.pointee = byte == UInt8(ascii: "\n") ? UInt8(ascii: "n") : byte
        next += 1
      }
      return next
    }
  }
}
