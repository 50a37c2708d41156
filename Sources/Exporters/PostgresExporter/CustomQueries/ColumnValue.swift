import Postgres

/// What a value of any type is as a number or as a label, as the standard exporter has it.
enum ColumnValue {
  /// nil for what is no number. NULL is NaN; an instant is whole seconds since the epoch.
  static func number(_ text: String?, _ type: PostgresType) -> Double? {
    guard let text else { return .nan }
    switch type {
    case .bool: return text == "t" ? 1 : 0
    case .date, .timestamp, .timestamptz: return instant(text).map(Double.init)
    default: return Double(text)
    }
  }

  static func label(_ text: String?, _ type: PostgresType) -> String {
    guard let text else { return "" }
    switch type {
    case .bool: return text == "t" ? "true" : "false"
    case .date, .timestamp, .timestamptz: return instant(text).map(String.init) ?? text
    default: return text
    }
  }

  /// Seconds since the epoch, rounded down; nil for infinity, and for years before Christ. Without an offset it is UTC.
  ///
  /// Source: PostgreSQL documentation, "Date/Time Output", style ISO: `2026-11-28 14:05:06.78-03:30`.
  static func instant(_ text: String) -> Int? {
    let words = text.split(separator: " ")
    let date = (words.first ?? "").split(separator: "-").map { Int($0) }
    guard words.count <= 2, date.count == 3, let year = date[0], let month = date[1], let day = date[2],
      (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let midnight = days(year, month, day) * 86_400
    guard words.count == 2 else { return midnight }
    let clock = words[1].prefix { $0 != "+" && $0 != "-" }
    guard let time = seconds(clock.prefix { $0 != "." }) else { return nil }
    let offset = words[1].dropFirst(clock.count)
    guard !offset.isEmpty else { return midnight + time }
    guard let shift = seconds(offset.dropFirst()) else { return nil }
    return midnight + time - (offset.hasPrefix("-") ? -shift : shift)
  }

  /// Of `hh`, `hh:mm` or `hh:mm:ss`.
  private static func seconds(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...3).contains(parts.count) else { return nil }
    var total = 0
    for (part, weight) in zip(parts, [3600, 60, 1]) {
      guard let part, (0...99).contains(part) else { return nil }
      total += part * weight
    }
    return total
  }

  /// Days since the epoch in the Gregorian calendar, counting years from March so that the leap day is the last.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}

extension PostgresType {
  fileprivate static let date = PostgresType(oid: 1082)
  fileprivate static let timestamp = PostgresType(oid: 1114)
  fileprivate static let timestamptz = PostgresType(oid: 1184)
}
