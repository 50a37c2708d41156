import MetricModel

extension RedisInstance {
  /// `LATENCY HISTOGRAM`.
  package enum LatencyHistogram {
    package static let latencies = Family<Histogram, Command>(
      "redis_commands_latencies_usec",
      "A histogram of latencies per command", unit: .microseconds, bounds: latencyBounds, use: parity)

    /// Redis' buckets, powers of two of a microsecond; a command has those in which it was seen. Source:
    /// https://redis.io/docs/latest/commands/latency-histogram/
    private static let latencyBounds = (0...24).map { Double(1 << $0) }

    package static let all: [FamilyDescriptor] = [
      latencies.descriptor
    ]
  }
}
