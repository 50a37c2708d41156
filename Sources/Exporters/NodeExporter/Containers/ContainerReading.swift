import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// What is known of one container at one moment; nil is not known, or does not exist.
struct ContainerReading: Sendable, Equatable {
  var cpuSeconds: Double?
  var throttledSeconds: Double?
  /// Microseconds a period.
  var cpuQuota: Double?
  var cpuPeriod: Double?
  /// Bytes.
  var memoryUsage: Double?
  var workingSet: Double?
  /// 0 where there is none.
  var memoryLimit: Double?
  var oomEvents: Double?
  /// Bytes by device.
  var reads: [String: Double] = [:]
  var writes: [String: Double] = [:]
  /// Bytes by interface.
  var received: [String: Double] = [:]
  var transmitted: [String: Double] = [:]
  /// Since the epoch.
  var startSeconds: Double?

  /// - Parameter now: seconds since the epoch.
  func add(to batch: inout SampleBatch, _ labels: ContainerLabels, now: Double) {
    typealias Families = Host.Containers
    if let cpuSeconds { batch.add(Families.cpuUsage, Pair(labels, "total"), cpuSeconds) }
    let scalars: [(Family<Gauge, ContainerLabels>, Double?)] = [
      (Families.cpuQuota, cpuQuota), (Families.cpuPeriod, cpuPeriod), (Families.memoryUsage, memoryUsage),
      (Families.memoryWorkingSet, workingSet), (Families.memoryLimit, memoryLimit), (Families.start, startSeconds),
      (Families.lastSeen, now),
    ]
    for (family, value) in scalars { if let value { batch.add(family, labels, value) } }
    if let throttledSeconds { batch.add(Families.cpuThrottled, labels, throttledSeconds) }
    if let oomEvents { batch.add(Families.oomEvents, labels, oomEvents) }
    for (family, bytes) in [(Families.reads, reads), (Families.writes, writes)] {
      for (device, count) in bytes.sorted(by: { $0.key < $1.key }) {
        batch.add(family, Pair(labels, Host.Containers.Device(device)), count)
      }
    }
    for (family, bytes) in [(Families.received, received), (Families.transmitted, transmitted)] {
      for (interface, count) in bytes.sorted(by: { $0.key < $1.key }) {
        batch.add(family, Pair(labels, Host.Containers.Interface(interface)), count)
      }
    }
  }
}
