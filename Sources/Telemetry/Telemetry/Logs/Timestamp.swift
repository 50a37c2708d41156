import Glibc

/// An instant of the wall clock, in UTC.
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Since the epoch.
  public let seconds: Int
  /// In `0..<1_000_000_000`.
  public let nanoseconds: Int

  public init(seconds: Int, nanoseconds: Int) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  public static func < (a: Self, b: Self) -> Bool { (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds) }

  public static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec))
  }

  /// Cheaper, and up to some milliseconds old.
  static func nowCoarse() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &time)
    return Timestamp(seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec))
  }

  /// For an atomic cell; good until the year 2554.
  var nanosecondsSinceEpoch: UInt64 { UInt64(bitPattern: Int64(seconds * 1_000_000_000 + nanoseconds)) }

  init(nanosecondsSinceEpoch: UInt64) {
    self.init(
      seconds: Int(nanosecondsSinceEpoch / 1_000_000_000), nanoseconds: Int(nanosecondsSinceEpoch % 1_000_000_000))
  }

  /// Days since 1970-01-01.
  var day: Int { seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400 }

  /// `2026-11-25`, by Howard Hinnant's `civil_from_days`
  /// (https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
  static func date(ofDay day: Int) -> String {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
    let calendarMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(calendarMonth, 2))-\(padded(dayOfMonth, 2))"
  }

  /// RFC 3339 with nanoseconds: `2026-11-25T00:04:10.123456789Z`.
  var rfc3339: String {
    let secondOfDay = seconds - day * 86_400
    let clock = [secondOfDay / 3_600, secondOfDay / 60 % 60, secondOfDay % 60].map { Self.padded($0, 2) }
    return "\(Self.date(ofDay: day))T\(clock.joined(separator: ":")).\(Self.padded(nanoseconds, 9))Z"
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
