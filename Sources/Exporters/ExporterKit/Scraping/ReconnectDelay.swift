/// How long to wait before the target is tried again: nothing for scrapes at their usual interval, enough for a loop of
/// impatient requests not to hammer a server that comes up. A scrape waits for it and then tries, so that what it
/// says is never a memory.
struct ReconnectDelay: Sendable, Equatable {
  static let minimumMilliseconds = 100
  static let maximumMilliseconds = 300

  private var failures = 0
  private var lastFailure: ContinuousClock.Instant?

  mutating func succeeded() { self = ReconnectDelay() }

  mutating func failed(at now: ContinuousClock.Instant) {
    failures += 1
    lastFailure = now
  }

  /// nil where nothing failed since the last success.
  var nextAttempt: ContinuousClock.Instant? {
    lastFailure.map {
      $0 + .milliseconds(min(Self.minimumMilliseconds << min(failures - 1, 4), Self.maximumMilliseconds))
    }
  }
}
