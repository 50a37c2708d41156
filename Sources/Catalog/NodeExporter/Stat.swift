import MetricModel

extension Host {
  /// `/proc/stat`, but for the processors' lines.
  package enum Stat {
    package enum VectorKey: LabelKey { package static let name = "vector" }
    /// A kind of soft interrupt.
    package typealias Vector = OpenValue<VectorKey>

    package static let interrupts = Family<Counter, NoLabels>(
      "node_intr_total", "Total number of interrupts serviced.", use: parity)
    package static let contextSwitches = Family<Counter, NoLabels>(
      "node_context_switches_total", "Total number of context switches.", use: parity)
    package static let forks = Family<Counter, NoLabels>("node_forks_total", "Total number of forks.", use: parity)
    package static let bootTime = Family<Gauge, NoLabels>(
      "node_boot_time_seconds", "Node boot time, in unixtime.", unit: .seconds, use: parity)
    package static let procsRunning = Family<Gauge, NoLabels>(
      "node_procs_running", "Number of processes in runnable state.", use: parity)
    package static let procsBlocked = Family<Gauge, NoLabels>(
      "node_procs_blocked", "Number of processes blocked waiting for I/O to complete.", use: parity)
    package static let softirqs = Family<Counter, Vector>(
      "node_softirqs_total", "Number of softirq calls.", use: parity)

    package static let all: [FamilyDescriptor] = [
      interrupts.descriptor, contextSwitches.descriptor, forks.descriptor, bootTime.descriptor,
      procsRunning.descriptor, procsBlocked.descriptor, softirqs.descriptor,
    ]
  }
}
