import Glibc

/// An instant of the wall clock, in UTC.
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Since the epoch.
  public let seconds: Int
  /// In `0..<1_000_000_000`.
  public let nanoseconds: Int

  /// Both are kept as they are given; nanoseconds out of their range make a wrong date, not an error.
  public init(seconds: Int, nanoseconds: Int) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  public static func < (a: Self, b: Self) -> Bool { (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds) }

  /// Reads the real-time clock, which can be set back; safe from any thread.
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

  /// Negative where `other` is later.
  public func seconds(since other: Timestamp) -> Double {
    Double(seconds - other.seconds) + Double(nanoseconds - other.nanoseconds) / 1e9
  }

  /// Days since 1970-01-01.
  var day: Int { seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400 }

  /// `2026-11-25`.
  static func date(ofDay day: Int) -> String {
    text { $0.append(CalendarDate(day: day)) }
  }

  /// RFC 3339 with nanoseconds: `2026-11-25T00:04:10.123456789Z`.
  var rfc3339: String {
    Self.text { $0.append(self) }
  }

  /// RFC 3339 with microseconds, as PostgreSQL keeps them: `2026-11-25T00:04:10.123456Z`.
  public var rfc3339Microseconds: String { "\(rfc3339.dropLast(4))Z" }

  private static func text(_ body: (inout LineWriter) -> Void) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { stack in
      var line = LineWriter(stack: stack)
      body(&line)
      return String(decoding: UnsafeBufferPointer(start: line.base, count: line.count), as: UTF8.self)
    }
  }
}

/// A day of the Gregorian calendar, by Howard Hinnant's `civil_from_days`
/// (https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
struct CalendarDate {
  let year: Int
  let month: Int
  let dayOfMonth: Int

  /// - Parameter day: since 1970-01-01.
  init(day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

extension LineWriter {
  /// `2026-11-25`; years of RFC 3339, from 0 to 9999.
  mutating func append(_ date: CalendarDate) {
    reserve(10)
    let year = UInt32(truncatingIfNeeded: date.year)
    put(pair: year / 100)
    put(pair: year % 100)
    put(UInt8(ascii: "-"))
    put(pair: UInt32(truncatingIfNeeded: date.month))
    put(UInt8(ascii: "-"))
    put(pair: UInt32(truncatingIfNeeded: date.dayOfMonth))
  }

  /// RFC 3339 with nanoseconds: `2026-11-25T00:04:10.123456789Z`.
  mutating func append(_ time: Timestamp) {
    reserve(30)
    let day = time.day
    let second = UInt32(truncatingIfNeeded: time.seconds - day * 86_400)
    append(CalendarDate(day: day))
    put(UInt8(ascii: "T"))
    put(pair: second / 3_600)
    put(UInt8(ascii: ":"))
    put(pair: second / 60 % 60)
    put(UInt8(ascii: ":"))
    put(pair: second % 60)
    put(UInt8(ascii: "."))
    let nanoseconds = UInt32(truncatingIfNeeded: time.nanoseconds)
    put(UInt8(truncatingIfNeeded: 0x30 + nanoseconds / 100_000_000))
    put(pair: nanoseconds / 1_000_000 % 100)
    put(pair: nanoseconds / 10_000 % 100)
    put(pair: nanoseconds / 100 % 100)
    put(pair: nanoseconds % 100)
    put(UInt8(ascii: "Z"))
  }
}
