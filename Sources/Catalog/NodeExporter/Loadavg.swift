import MetricModel

extension Host {
  /// `/proc/loadavg`.
  package enum Loadavg {
    package static let load1 = Family<Gauge, NoLabels>("node_load1", "1m load average.")
    package static let load5 = Family<Gauge, NoLabels>("node_load5", "5m load average.")
    package static let load15 = Family<Gauge, NoLabels>("node_load15", "15m load average.")

    package static let all: [FamilyDescriptor] = [load1.descriptor, load5.descriptor, load15.descriptor]
  }
}
