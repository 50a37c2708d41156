/// A log file that was moved aside. `<name>-2026-11-24.0001.log`, `….0002.log` and so on are what the day had filled
/// before its end, `<name>-2026-11-24.log` is its last part, so that the names sort as the lines were written. `.gz`
/// follows when the file is compressed, `.gz.part` while that goes on.
struct RotatedFile: Equatable {
  enum Form: String, CaseIterable {
    case plain = ".log"
    case compressed = ".log.gz"
    case unfinished = ".log.gz.part"
  }

  /// What a day's number has place for.
  static let maximumPartsPerDay = 9_999
  private static let partDigits = 4

  /// `2026-11-24`; dates sort as text.
  let date: String
  /// nil for the last part of a day.
  let part: Int?
  let form: Form

  init(date: String, part: Int?, form: Form) {
    self.date = date
    self.part = part
    self.form = form
  }

  /// Reads a file's name.
  /// - Returns: nil where the name is not exactly of this pattern: such a file is not ours.
  init?(_ file: String, of name: String) {
    guard file.hasPrefix("\(name)-") else { return nil }
    guard let form = Form.allCases.first(where: { file.hasSuffix($0.rawValue) }) else { return nil }
    let bytes = Array(file.utf8.dropFirst(name.utf8.count + 1).dropLast(form.rawValue.utf8.count))
    let date = bytes.prefix(10)
    guard date.count == 10, date.enumerated().allSatisfy({ Self.fits($1, at: $0) }) else { return nil }
    let rest = bytes.dropFirst(10)
    if rest.isEmpty {
      part = nil
    } else {
      let digits = rest.dropFirst()
      guard rest.first == UInt8(ascii: "."), digits.count == Self.partDigits, digits.allSatisfy(\.isDigit)
      else { return nil }
      part = Int(String(decoding: digits, as: UTF8.self))
    }
    self.date = String(decoding: date, as: UTF8.self)
    self.form = form
  }

  private static func fits(_ byte: UInt8, at index: Int) -> Bool {
    index == 4 || index == 7 ? byte == UInt8(ascii: "-") : byte.isDigit
  }

  func fileName(of name: String) -> String {
    let digits = part.map { String($0) }
    let padded = digits.map { "." + String(repeating: "0", count: max(0, Self.partDigits - $0.utf8.count)) + $0 }
    return "\(name)-\(date)\(padded ?? "")\(form.rawValue)"
  }

  func with(_ form: Form) -> RotatedFile { RotatedFile(date: date, part: part, form: form) }
}
