import MetricModel

/// What the supervisor says of its programs, through node-exporter's text files.
package enum Supervisor {
  package enum NameKey: LabelKey { package static let name = "name" }
  package typealias Name = OpenValue<NameKey>

  package static let restarts = Family<Counter, Name>(
    "process_restarts_total",
    "Times that the supervisor started a program again after it had ended by itself, whether or not it ever came up.")

  package static let all = [restarts.descriptor]
}
