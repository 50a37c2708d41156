import MetricModel

extension Host {
  /// `/proc/pressure`: stalls for lack of a resource. https://docs.kernel.org/accounting/psi.html
  package enum Pressure {
    package static let cpuWaiting = Family<Counter, NoLabels>(
      "node_pressure_cpu_waiting_seconds_total",
      "Total time in seconds that processes have waited for CPU time", unit: .seconds)
    package static let ioWaiting = Family<Counter, NoLabels>(
      "node_pressure_io_waiting_seconds_total",
      "Total time in seconds that processes have waited due to IO congestion", unit: .seconds)
    package static let ioStalled = Family<Counter, NoLabels>(
      "node_pressure_io_stalled_seconds_total",
      "Total time in seconds no process could make progress due to IO congestion", unit: .seconds, use: parity)
    package static let memoryWaiting = Family<Counter, NoLabels>(
      "node_pressure_memory_waiting_seconds_total",
      "Total time in seconds that processes have waited for memory", unit: .seconds)
    package static let memoryStalled = Family<Counter, NoLabels>(
      "node_pressure_memory_stalled_seconds_total",
      "Total time in seconds no process could make progress due to memory congestion", unit: .seconds, use: parity)
    package static let irqStalled = Family<Counter, NoLabels>(
      "node_pressure_irq_stalled_seconds_total",
      "Total time in seconds no process could make progress due to IRQ congestion", unit: .seconds, use: parity)

    package static let all: [FamilyDescriptor] = [
      cpuWaiting.descriptor, ioWaiting.descriptor, ioStalled.descriptor, memoryWaiting.descriptor,
      memoryStalled.descriptor, irqStalled.descriptor,
    ]
  }
}
