import MetricModel

extension Host {
  /// `/proc/sys/kernel/hung_task_detect_count`, since Linux 6.13.
  package enum KernelHung {
    package static let tasks = Family<Counter, NoLabels>(
      "node_kernel_hung_tasks_total",
      "Total number of tasks that have been detected as hung since the system booted.", use: parity)

    package static let all: [FamilyDescriptor] = [tasks.descriptor]
  }
}
