import ExporterKit
import Synchronization
import Yaml

/// `rate_limit`: a token bucket in front of all pages, as golang.org/x/time/rate has it.
struct RateLimit: Sendable, Equatable {
  private static let maximumBurst = 1_000_000

  /// From one token to the next.
  let interval: Duration
  /// Tokens that the bucket holds. With none, no request ever passes.
  let burst: Int

  init(interval: Duration, burst: Int) {
    self.interval = interval
    self.burst = burst
  }

  /// nil where the interval is 0.
  init?(_ node: YamlNode) throws(YamlError) {
    let keys = try node.mapping(known: ["interval", "burst"])
    interval =
      try keys["interval"]?.value("una duración como 500ms o 1s") { text in
        Duration(go: text) ?? Int(text).flatMap { $0 >= 0 ? .nanoseconds($0) : nil }
      } ?? .zero
    burst = try keys["burst"]?.integer(in: 0...Self.maximumBurst) ?? 0
    if interval == .zero { return nil }
  }
}

/// The bucket. Safe from any thread.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var filled: ContinuousClock.Instant
  }

  private let limit: RateLimit
  private let bucket: Mutex<Bucket>

  init(_ limit: RateLimit, at now: ContinuousClock.Instant = .now) {
    self.limit = limit
    bucket = Mutex(Bucket(tokens: Double(limit.burst), filled: now))
  }

  /// Takes a token; false where there is none.
  func allows(at now: ContinuousClock.Instant = .now) -> Bool {
    bucket.withLock { bucket in
      let gained = max(0, (now - bucket.filled) / limit.interval)
      bucket.tokens = min(Double(limit.burst), bucket.tokens + gained)
      bucket.filled = max(now, bucket.filled)
      guard bucket.tokens >= 1 else { return false }
      bucket.tokens -= 1
      return true
    }
  }
}
