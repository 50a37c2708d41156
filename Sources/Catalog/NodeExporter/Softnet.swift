import MetricModel

extension Host {
  /// `/proc/net/softnet_stat`: the receive queues of the processors.
  package enum Softnet {
    package static let processed = Family<Counter, CPUNumber>(
      "node_softnet_processed_total", "Number of processed packets", use: parity)
    package static let dropped = Family<Counter, CPUNumber>(
      "node_softnet_dropped_total", "Number of dropped packets", use: parity)
    package static let timesSqueezed = Family<Counter, CPUNumber>(
      "node_softnet_times_squeezed_total", "Number of times processing packets ran out of quota", use: parity)
    package static let cpuCollision = Family<Counter, CPUNumber>(
      "node_softnet_cpu_collision_total",
      "Number of collision occur while obtaining device lock while transmitting", use: parity)
    package static let receivedRPS = Family<Counter, CPUNumber>(
      "node_softnet_received_rps_total", "Number of times cpu woken up received_rps", use: parity)
    package static let flowLimitCount = Family<Counter, CPUNumber>(
      "node_softnet_flow_limit_count_total", "Number of times flow limit has been reached", use: parity)
    package static let backlogLength = Family<Gauge, CPUNumber>(
      "node_softnet_backlog_len", "Softnet backlog status", use: parity)

    package static let all: [FamilyDescriptor] = [
      processed.descriptor, dropped.descriptor, timesSqueezed.descriptor, cpuCollision.descriptor,
      receivedRPS.descriptor, flowLimitCount.descriptor, backlogLength.descriptor,
    ]
  }
}
