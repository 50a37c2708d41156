import MetricModel

/// Writes families as bytes: Prometheus text 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/) or OpenMetrics 1.0
/// (https://prometheus.io/docs/specs/om/open_metrics_spec/).
struct ExpositionWriter {
  private let format: ExpositionFormat
  private var bytes: [UInt8] = []

  init(_ format: ExpositionFormat) {
    self.format = format
    bytes.reserveCapacity(1 << 16)
  }

  mutating func header(_ family: FamilyDescriptor) {
    let name = familyName(family)
    append("# HELP \(name) ")
    appendEscaped(family.help, quotes: format == .openMetrics)
    append("\n# TYPE \(name) \(typeName(family))\n")
    if format == .openMetrics, let unit = family.unit, name.hasSuffix("_\(unit.rawValue)") {
      append("# UNIT \(name) \(unit.rawValue)\n")
    }
  }

  /// - Parameter labels: as `render` makes them.
  mutating func sample(_ name: String, suffix: StaticString = "", labels: [UInt8], value: Double) {
    append(name)
    append(suffix)
    if !labels.isEmpty {
      bytes.append(UInt8(ascii: "{"))
      bytes += labels
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: " "))
    NumberText.append(value, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// One cumulative bucket; OpenMetrics wants `le` as a float ("1.0"), text 0.0.4 as Go prints it ("1").
  mutating func bucket(_ name: String, labels: [UInt8], bound: Double, count: Int) {
    append(name)
    append("_bucket{")
    if !labels.isEmpty {
      bytes += labels
      bytes.append(UInt8(ascii: ","))
    }
    append("le=\"")
    NumberText.append(bound, to: &bytes, alwaysFloat: format == .openMetrics)
    append("\"} \(count)\n")
  }

  consuming func finish() -> [UInt8] {
    if format == .openMetrics { append("# EOF\n") }
    return bytes
  }

  /// `a="x",b="y"`, values escaped; both formats agree here.
  static func render(names: [String], values: [String]) -> [UInt8] {
    var writer = ExpositionWriter(.text)
    for (index, (name, value)) in zip(names, values).enumerated() {
      writer.append(index == 0 ? "\(name)=\"" : ",\(name)=\"")
      writer.appendEscaped(value, quotes: true)
      writer.bytes.append(UInt8(ascii: "\""))
    }
    return writer.bytes
  }

  /// In OpenMetrics a counter's family lacks the `_total` of its samples, and an info's the `_info`.
  private func familyName(_ family: FamilyDescriptor) -> String {
    guard format == .openMetrics else { return family.name }
    switch family.kind {
    case .counter where family.name.hasSuffix("_total"): return String(family.name.dropLast("_total".count))
    case .info where family.name.hasSuffix("_info"): return String(family.name.dropLast("_info".count))
    default: return family.name
    }
  }

  private func typeName(_ family: FamilyDescriptor) -> String {
    switch (format, family.kind) {
    case (.text, .info): "gauge"
    case (.text, .unknown): "untyped"
    case (.openMetrics, .counter) where !family.name.hasSuffix("_total"): "unknown"
    default: family.kind.rawValue
    }
  }

  private mutating func append(_ text: String) { bytes += text.utf8 }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes += $0 }
  }

  private mutating func appendEscaped(_ text: String, quotes: Bool) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\"") where quotes: append("\\\"")
      default: bytes.append(byte)
      }
    }
  }
}
