import MetricModel

extension Host {
  /// `/proc/schedstat`. https://docs.kernel.org/scheduler/sched-stats.html
  package enum Schedstat {
    package static let running = Family<Counter, CPUNumber>(
      "node_schedstat_running_seconds_total", "Number of seconds CPU spent running a process.", unit: .seconds,
      use: parity)
    package static let waiting = Family<Counter, CPUNumber>(
      "node_schedstat_waiting_seconds_total", "Number of seconds spent by processing waiting for this CPU.",
      unit: .seconds, use: parity)
    package static let timeslices = Family<Counter, CPUNumber>(
      "node_schedstat_timeslices_total", "Number of timeslices executed by CPU.", use: parity)

    package static let all: [FamilyDescriptor] = [running.descriptor, waiting.descriptor, timeslices.descriptor]
  }
}
