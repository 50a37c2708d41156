import MetricModel

/// What the lines of a family have in common in a text format. It is the same from page to page, and made once.
final class FamilyHead: Sendable {
  let descriptor: FamilyDescriptor
  /// Escaped.
  let name: String
  /// The name is outside the legacy alphabet: it stands in quotes inside the braces.
  let isQuoted: Bool
  /// Where the labels' names have to be escaped or quoted; nil where the rendered labels stand as they are.
  let labelNames: [String]?
  /// HELP, TYPE and UNIT.
  let lines: [UInt8]
  /// `name{`, or `name ` for a series without labels: what most lines begin with.
  let opening: [UInt8]
  /// What stands before each label's value: `device="`, `",mode="`.
  let labelKeys: [[UInt8]]
  /// Of the opening, the keys and what ends the labels.
  let fixedBytes: Int

  init(_ family: FamilyDescriptor, _ format: ExpositionFormat) {
    descriptor = family
    let name = format.escaping.escape(family.name)
    self.name = name
    isQuoted = !Names.isLegal(name, colons: true)
    var labelNames: [String]?
    if !family.labelNames.allSatisfy({ Names.isLegal($0, colons: false) }) {
      labelNames = family.labelNames.map {
        let escaped = format.escaping.escape(label: $0)
        return Names.isLegal(escaped, colons: false) ? escaped : Names.quoted(escaped)
      }
    }
    self.labelNames = labelNames
    opening = Array(name.utf8) + [UInt8(ascii: family.labelNames.isEmpty ? " " : "{")]
    labelKeys = (labelNames ?? family.labelNames).enumerated().map { index, label in
      Array(((index == 0 ? "" : "\",") + label + "=\"").utf8)
    }
    fixedBytes = opening.count + labelKeys.reduce(0) { $0 + $1.count } + 4
    lines = Self.lines(family, name, isQuoted: isQuoted, isOpenMetrics: format.kind == .openMetrics)
  }

  private static func lines(
    _ family: FamilyDescriptor, _ name: String, isQuoted: Bool, isOpenMetrics: Bool
  ) -> [UInt8] {
    let familyName = familyName(family, name, isOpenMetrics)
    let writtenName = isQuoted ? Names.quoted(familyName) : familyName
    var buffer = OutputBuffer(capacity: 256)
    buffer.append("# HELP ")
    buffer.append(writtenName)
    buffer.append(UInt8(ascii: " "))
    buffer.append(escaping: family.help, quotes: isOpenMetrics)
    buffer.append("\n# TYPE ")
    buffer.append(writtenName)
    buffer.append(UInt8(ascii: " "))
    buffer.append(typeName(family, name, isOpenMetrics))
    buffer.append(UInt8(ascii: "\n"))
    if isOpenMetrics, let unit = family.unit, familyName.hasSuffix("_\(unit.rawValue)") {
      buffer.append("# UNIT \(writtenName) \(unit.rawValue)\n")
    }
    return buffer.take()
  }

  /// In OpenMetrics a counter's family lacks the `_total` of its samples, and an info's the `_info`.
  private static func familyName(_ family: FamilyDescriptor, _ name: String, _ isOpenMetrics: Bool) -> String {
    guard isOpenMetrics else { return name }
    switch family.kind {
    case .counter where name.hasSuffix("_total"): return String(name.dropLast("_total".count))
    case .info where name.hasSuffix("_info"): return String(name.dropLast("_info".count))
    default: return name
    }
  }

  private static func typeName(_ family: FamilyDescriptor, _ name: String, _ isOpenMetrics: Bool) -> String {
    switch (isOpenMetrics, family.kind) {
    case (false, .info), (false, .stateSet): "gauge"
    case (false, .unknown): "untyped"
    case (true, .counter) where !name.hasSuffix("_total"): "unknown"
    case (true, .info) where !name.hasSuffix("_info"): "gauge"
    default: family.kind.rawValue
    }
  }
}
