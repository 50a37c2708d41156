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

  private var name = ""
  /// `name{`, or `name ` for a series without labels: what most lines begin with.
  private var opening = OutputBuffer(capacity: 128)
  /// The name is outside the legacy alphabet: it stands in quotes inside the braces.
  private var isQuoted = false
  /// Where the labels' names have to be escaped or quoted; nil where the rendered labels stand as they are.
  private var labelNames: [String]?

  init(_ format: ExpositionFormat, writesCreated: Bool, capacity: Int) {
    buffer = OutputBuffer(capacity: capacity)
    self.format = format
    isOpenMetrics = format.kind == .openMetrics
    self.writesCreated = writesCreated
  }

  mutating func begin(_ family: FamilyDescriptor) {
    name = format.escaping.escape(family.name)
    isQuoted = !Names.isLegal(name, colons: true)
    opening.removeAll()
    opening.append(name)
    opening.append(family.labelNames.isEmpty ? " " : "{")
    labelNames = nil
    if !family.labelNames.allSatisfy({ Names.isLegal($0, colons: false) }) {
      labelNames = family.labelNames.map {
        let escaped = format.escaping.escape(label: $0)
        return Names.isLegal(escaped, colons: false) ? escaped : Names.quoted(escaped)
      }
    }
    let familyName = familyName(family)
    let writtenName = isQuoted ? Names.quoted(familyName) : familyName
    buffer.append("# HELP ")
    buffer.append(writtenName)
    buffer.append(UInt8(ascii: " "))
    buffer.append(escaping: family.help, quotes: isOpenMetrics)
    buffer.append("\n# TYPE ")
    buffer.append(writtenName)
    buffer.append(UInt8(ascii: " "))
    buffer.append(typeName(family))
    buffer.append(UInt8(ascii: "\n"))
    if isOpenMetrics, let unit = family.unit, familyName.hasSuffix("_\(unit.rawValue)") {
      buffer.append("# UNIT \(writtenName) \(unit.rawValue)\n")
    }
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
    NumberText.append(at, to: &buffer, alwaysFloat: isOpenMetrics)
    buffer.append("\"} ")
    NumberText.append(value, to: &buffer)
    buffer.append(UInt8(ascii: "\n"))
  }

  mutating func finish() { if isOpenMetrics { buffer.append("# EOF\n") } }

  /// A whole line of the usual kind, checked for room once.
  private mutating func line(_ labels: Unmanaged<SeriesLabels>, _ value: Double) {
    let text = labels.text
    let start = buffer.space(for: opening.count + text.count + NumberText.maximumBytes + 3)
    memcpy(start, opening.start, opening.count)
    var next = start + opening.count
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
  private mutating func series(_ suffix: StaticString, _ labels: Unmanaged<SeriesLabels>) {
    if !isQuoted, labels.text.isEmpty {
      buffer.append(name)
      buffer.append(suffix)
      buffer.append(UInt8(ascii: " "))
      return
    }
    open(suffix)
    separate(isFirst: !isQuoted || labels.text.isEmpty)
    _ = append(labels)
    buffer.append("} ")
  }

  /// `name{` or `{"name"`.
  private mutating func open(_ suffix: StaticString) {
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
    if let labelNames {
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
    let full = name
    name = full.hasSuffix("_total") ? String(full.dropLast("_total".count)) : full
    series("_created", labels)
    name = full
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

  // MARK: Names

  /// In OpenMetrics a counter's family lacks the `_total` of its samples, and an info's the `_info`.
  private func familyName(_ family: FamilyDescriptor) -> String {
    guard isOpenMetrics else { return name }
    switch family.kind {
    case .counter where name.hasSuffix("_total"): return String(name.dropLast("_total".count))
    case .info where name.hasSuffix("_info"): return String(name.dropLast("_info".count))
    default: return name
    }
  }

  private func typeName(_ family: FamilyDescriptor) -> String {
    switch (isOpenMetrics, family.kind) {
    case (false, .info), (false, .stateSet): "gauge"
    case (false, .unknown): "untyped"
    case (true, .counter) where !name.hasSuffix("_total"): "unknown"
    case (true, .info) where !name.hasSuffix("_info"): "gauge"
    default: family.kind.rawValue
    }
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
  static func isLegal(_ name: String, colons: Bool) -> Bool {
    var name = name
    return name.withUTF8 { bytes in
      guard let first = bytes.first, !isDigit(first) else { return false }
      // A plain loop: every name of a page passes here.
      for byte in bytes where !(isLetter(byte) || isDigit(byte) || (colons && byte == UInt8(ascii: ":"))) {
        return false
      }
      return true
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
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
}
