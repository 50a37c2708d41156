import Foundation
import TestSupport
import Testing

@testable import Telemetry

/// The type is the pipeline's own; its text is held against Foundation's.
@Suite("Timestamp")
struct TimestampTests {
  private static func expected(_ seconds: Int) -> String {
    let style = Date.ISO8601FormatStyle(timeZone: .gmt)
    return Date(timeIntervalSince1970: Double(seconds)).formatted(style)
  }

  private static func check(_ seconds: Int, nanoseconds: Int, _ comment: Comment) {
    let digits = String(nanoseconds)
    let fraction = String(repeating: "0", count: 9 - digits.count) + digits
    let text = Timestamp(seconds: seconds, nanoseconds: nanoseconds).rfc3339
    #expect(text == expected(seconds).dropLast() + ".\(fraction)Z", comment)
    #expect(Timestamp.date(ofDay: Timestamp(seconds: seconds, nanoseconds: 0).day) == text.prefix(10), comment)
  }

  @Test("days, leap years and the ends of months")
  func edges() {
    for seconds in [
      0, 1, 86_399, 86_400, -1, -86_400, -86_401, 951_782_400, 951_868_799, 951_868_800, 1_709_164_800, 1_709_251_199,
      4_107_542_399, 4_107_542_400, 1_795_521_600, 253_402_300_799,
    ] {
      Self.check(seconds, nanoseconds: 0, "\(seconds)")
      Self.check(seconds, nanoseconds: 999_999_999, "\(seconds)")
    }
  }

  @Test("any instant reads as Foundation writes it")
  func random() {
    var random = SeededGenerator(for: "timestamps")
    for _ in 0..<2_000 {
      // 1600 to 2900.
      let seconds = Int.random(in: -11_676_096_000...29_348_006_400, using: &random)
      Self.check(seconds, nanoseconds: Int.random(in: 0...999_999_999, using: &random), "seed \(random.seed)")
    }
  }

  @Test("now is now")
  func now() {
    let before = Date().timeIntervalSince1970
    let now = Timestamp.now()
    let after = Date().timeIntervalSince1970
    let value = Double(now.seconds) + Double(now.nanoseconds) / 1e9
    #expect(value >= before - 1e-6 && value <= after + 1e-6)
  }
}
