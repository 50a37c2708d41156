import PromQL

/// How fast an error budget is spent: 1 spends it in exactly the window of its service level. A burn calls somebody
/// while two windows both show it: the long one that it is worth a call, the short one that it still goes on
/// (The Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts").
package struct BurnRate: Sendable, Hashable {
  package let factor: Double
  package let long: Period
  package let short: Period

  /// A budget of 30 days is gone in two days: 2 % of it in the hour.
  package static let fastest = Self(factor: 14.4, long: 1.h, short: 5.m)
  /// Gone in five days: 5 % of it in six hours.
  package static let fast = Self(factor: 6, long: 6.h, short: 30.m)
  /// Gone in ten days: 10 % of it in a day.
  package static let slow = Self(factor: 3, long: 1.d, short: 2.h)
  /// Gone when the window is over: 10 % of it in three days.
  package static let slowest = Self(factor: 1, long: 3.d, short: 6.h)

  package static let all = [fastest, fast, slow, slowest]

  /// Every window that a burn is measured in, the shortest first.
  package static let windows = Set(all.flatMap { [$0.short, $0.long] }).sorted()
}
