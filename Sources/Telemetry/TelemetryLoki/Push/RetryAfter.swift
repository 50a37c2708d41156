/// The field `Retry-After` (RFC 9110 §10.2.3): seconds, or a date as `Sun, 06 Nov 1994 08:49:37 GMT`.
enum RetryAfter {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// - Parameter now: seconds since the epoch.
  /// - Returns: seconds from now, not negative; nil where it is neither.
  static func seconds(_ field: String, now: Int) -> Double? {
    let text = field.drop { $0 == " " }
    if let seconds = UInt32(text) { return Double(seconds) }
    return date(text).map { Double(max(0, $0 - now)) }
  }

  private static func date(_ text: Substring) -> Int? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[0].hasSuffix(","), words[5] == "GMT", let day = Int(words[1]),
      let month = months.firstIndex(of: String(words[2])), let year = Int(words[3])
    else { return nil }
    let clock = words[4].split(separator: ":").map { Int($0) ?? -1 }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2]),
      (1...31).contains(day), (1970...9999).contains(year)
    else { return nil }
    return daysSinceEpoch(year, month + 1, day) * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]
  }

  /// Howard Hinnant's `days_from_civil` (https://howardhinnant.github.io/date_algorithms.html#days_from_civil), for
  /// years that are not negative.
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let yearOfEra = year % 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return year / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
