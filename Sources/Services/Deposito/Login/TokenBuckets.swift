/// So many at once, and then one each so many seconds.
struct RateLimit: Sendable, Equatable {
  let burst: Int
  let refillSeconds: Int
}

/// A token bucket for each key, in bounded memory: of too many keys the ones that were seen least lately are forgotten,
/// which means full buckets. Time is told by whoever asks.
struct TokenBuckets: Sendable {
  private struct Bucket: Sendable {
    /// Of `seen`.
    var tokens: Double
    var seen: ContinuousClock.Instant
  }

  /// Of the keys, when there are too many: to make room for one costs a look at all.
  private static let forgottenShare = 10

  private let limit: RateLimit
  private let maximumEntries: Int
  private var buckets: [String: Bucket] = [:]

  init(_ limit: RateLimit, maximumEntries: Int) {
    self.limit = limit
    self.maximumEntries = maximumEntries
  }

  var count: Int { buckets.count }

  /// Takes a token.
  /// - Returns: nil where there was one; else the time until there will be.
  mutating func take(_ key: String, at now: ContinuousClock.Instant) -> Duration? {
    var bucket = self.bucket(of: key, at: now)
    let isThere = bucket.tokens >= 1
    if isThere { bucket.tokens -= 1 }
    if buckets[key] == nil, buckets.count >= maximumEntries { forgetSome() }
    buckets[key] = bucket
    return isThere ? nil : .seconds((1 - bucket.tokens) * Double(limit.refillSeconds))
  }

  /// Takes back that one was taken.
  mutating func giveBack(_ key: String, at now: ContinuousClock.Instant) {
    guard buckets[key] != nil else { return }
    var bucket = self.bucket(of: key, at: now)
    bucket.tokens = min(bucket.tokens + 1, Double(limit.burst))
    buckets[key] = bucket
  }

  mutating func reset(_ key: String) { buckets[key] = nil }

  /// As it is by now.
  private func bucket(of key: String, at now: ContinuousClock.Instant) -> Bucket {
    guard let bucket = buckets[key] else { return Bucket(tokens: Double(limit.burst), seen: now) }
    // Who asks at once may be told the time in another order.
    let elapsed = max(.zero, now - bucket.seen) / .seconds(limit.refillSeconds)
    return Bucket(tokens: min(bucket.tokens + elapsed, Double(limit.burst)), seen: max(now, bucket.seen))
  }

  private mutating func forgetSome() {
    let oldest = buckets.sorted { $0.value.seen < $1.value.seen }
    for (key, _) in oldest.prefix(max(1, maximumEntries / Self.forgottenShare)) { buckets[key] = nil }
  }
}
