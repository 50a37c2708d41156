import MetricModel

extension RedisInstance {
  /// `# Commandstats`, `# Latencystats` and `# Errorstats` of INFO, and `LATENCY HISTOGRAM`.
  package enum Commands {
    package static let calls = Family<Counter, Command>(
      "redis_commands_total", "Total number of calls per command", use: parity)
    package static let durationSeconds = Family<Counter, Command>(
      "redis_commands_duration_seconds_total",
      "Total amount of time in seconds spent per command", unit: .seconds, use: parity)
    package static let rejectedCalls = Family<Counter, Command>(
      "redis_commands_rejected_calls_total",
      "Total number of errors within command execution per command", use: parity)
    package static let failedCalls = Family<Counter, Command>(
      "redis_commands_failed_calls_total", "Total number of errors prior command execution per command", use: parity)
    package static let latencyPercentiles = Family<Summary, Command>(
      "redis_latency_percentiles_usec",
      "A summary of latency percentile distribution per command", unit: .microseconds, use: parity)
    package static let errors = Family<Counter, ErrorPrefix>(
      "redis_errors_total", "Total number of errors per error type", use: parity)

    package static let all: [FamilyDescriptor] = [
      calls.descriptor, durationSeconds.descriptor, rejectedCalls.descriptor, failedCalls.descriptor,
      latencyPercentiles.descriptor, errors.descriptor,
    ]
  }
}

package enum CommandKey: LabelKey { package static let name = "cmd" }
/// `get`, `config|get`.
package typealias Command = OpenValue<CommandKey>

package enum ErrorPrefixKey: LabelKey { package static let name = "err" }
/// `NOPERM`.
package typealias ErrorPrefix = OpenValue<ErrorPrefixKey>
