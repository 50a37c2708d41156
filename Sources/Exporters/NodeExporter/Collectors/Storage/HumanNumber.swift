import ExporterKit

/// Numbers that bcache and bcachefs write for people: `1.1M`, `790.0k`, `-251.6k`, with multiples of 1024.
enum HumanNumber {
  /// As bcachefs writes them: a decimal fraction. Cut to a whole number, as the standard exporter does.
  static func decimal(_ text: Bytes) -> Double? {
    let (mantissa, factor) = split(text.trimmed)
    return mantissa.double.flatMap { $0.isFinite ? ($0 * factor).rounded(.towardZero) : nil }
  }

  /// As bcache's `bch_hprint` writes them: what stands behind the point is a remainder from 0 to 1023, divided by 100
  /// and cut, so that 1.1M is 1 + 1 / 10.24 MiB.
  static func bcache(_ text: Bytes) -> Double? {
    let (mantissa, factor) = split(text.trimmed)
    guard factor > 1, let point = mantissa.firstIndex(of: UInt8(ascii: ".")) else {
      return mantissa.double.flatMap { $0.isFinite ? ($0 * factor).rounded(.towardZero) : nil }
    }
    guard let whole = mantissa.part(0..<point).integer,
      let remainder = mantissa.part((point + 1)..<mantissa.count).unsigned
    else { return nil }
    let fraction = Double(remainder) / 10.24
    let isNegative = mantissa[0] == UInt8(ascii: "-")
    return ((Double(whole) + (isNegative ? -fraction : fraction)) * factor).rounded(.towardZero)
  }

  private static func split(_ text: Bytes) -> (mantissa: Bytes, factor: Double) {
    let factor: Double
    switch text[text.count - 1] {
    case UInt8(ascii: "k"), UInt8(ascii: "K"): factor = 0x1p10
    case UInt8(ascii: "m"), UInt8(ascii: "M"): factor = 0x1p20
    case UInt8(ascii: "g"), UInt8(ascii: "G"): factor = 0x1p30
    case UInt8(ascii: "t"), UInt8(ascii: "T"): factor = 0x1p40
    case UInt8(ascii: "p"), UInt8(ascii: "P"): factor = 0x1p50
    case UInt8(ascii: "e"), UInt8(ascii: "E"): factor = 0x1p60
    case UInt8(ascii: "z"), UInt8(ascii: "Z"): factor = 0x1p70
    case UInt8(ascii: "y"), UInt8(ascii: "Y"): factor = 0x1p80
    default: return (text, 1)
    }
    return (text.part(0..<(text.count - 1)).trimmed, factor)
  }
}
