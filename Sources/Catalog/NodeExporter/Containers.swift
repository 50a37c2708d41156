import MetricModel

extension Host {
  /// Control groups and what runs in them, in cAdvisor's words
  /// (https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md).
  package enum Containers {
    package enum CPUKey: LabelKey { package static let name = "cpu" }
    package typealias CPU = OpenValue<CPUKey>
    package enum DeviceKey: LabelKey { package static let name = "device" }
    package typealias Device = OpenValue<DeviceKey>
    package enum InterfaceKey: LabelKey { package static let name = "interface" }
    package typealias Interface = OpenValue<InterfaceKey>

    package static let cpuUsage = Family<Counter, Pair<ContainerLabels, CPU>>(
      "container_cpu_usage_seconds_total", "Cumulative cpu time consumed in seconds.", unit: .seconds)
    package static let cpuThrottled = Family<Counter, ContainerLabels>(
      "container_cpu_cfs_throttled_seconds_total", "Total time duration the container has been throttled.",
      unit: .seconds, use: panels)
    package static let cpuQuota = Family<Gauge, ContainerLabels>(
      "container_spec_cpu_quota", "CPU quota of the container.")
    package static let cpuPeriod = Family<Gauge, ContainerLabels>(
      "container_spec_cpu_period", "CPU period of the container.")
    package static let memoryUsage = Family<Gauge, ContainerLabels>(
      "container_memory_usage_bytes",
      "Current memory usage in bytes, including all memory regardless of when it was accessed.", unit: .bytes,
      use: panels)
    package static let memoryWorkingSet = Family<Gauge, ContainerLabels>(
      "container_memory_working_set_bytes", "Current working set in bytes.", unit: .bytes)
    package static let memoryLimit = Family<Gauge, ContainerLabels>(
      "container_spec_memory_limit_bytes", "Memory limit for the container.", unit: .bytes)
    package static let oomEvents = Family<Counter, ContainerLabels>(
      "container_oom_events_total", "Count of out of memory events observed for the container.", use: panels)
    package static let reads = Family<Counter, Pair<ContainerLabels, Device>>(
      "container_fs_reads_bytes_total", "Cumulative count of bytes read.", unit: .bytes)
    package static let writes = Family<Counter, Pair<ContainerLabels, Device>>(
      "container_fs_writes_bytes_total", "Cumulative count of bytes written.", unit: .bytes)
    package static let received = Family<Counter, Pair<ContainerLabels, Interface>>(
      "container_network_receive_bytes_total", "Cumulative count of bytes received.", unit: .bytes)
    package static let transmitted = Family<Counter, Pair<ContainerLabels, Interface>>(
      "container_network_transmit_bytes_total", "Cumulative count of bytes transmitted.", unit: .bytes)
    package static let start = Family<Gauge, ContainerLabels>(
      "container_start_time_seconds", "Start time of the container since unix epoch in seconds.", unit: .seconds,
      use: panels)
    package static let lastSeen = Family<Gauge, ContainerLabels>(
      "container_last_seen", "Last time a container was seen by the exporter.", use: panels)

    package static let all: [FamilyDescriptor] = [
      cpuUsage.descriptor, cpuThrottled.descriptor, cpuQuota.descriptor, cpuPeriod.descriptor, memoryUsage.descriptor,
      memoryWorkingSet.descriptor, memoryLimit.descriptor, oomEvents.descriptor, reads.descriptor, writes.descriptor,
      received.descriptor, transmitted.descriptor, start.descriptor, lastSeen.descriptor,
    ]

    private static let panels = FamilyUse.notNeeded("dashboards made for cAdvisor ask for it")
  }
}

/// `id` is the control group's path, `name` the container's or the unit's, `image` that of a container.
package struct ContainerLabels: LabelSet {
  package enum IDKey: LabelKey { package static let name = "id" }
  package typealias ID = OpenValue<IDKey>
  package enum NameKey: LabelKey { package static let name = "name" }
  package typealias Name = OpenValue<NameKey>
  package enum ImageKey: LabelKey { package static let name = "image" }
  package typealias Image = OpenValue<ImageKey>

  package static let labelNames = [ID.labelName, Name.labelName, Image.labelName]
  package var name: Name { Name(labelValues.dropFirst().first ?? "") }
  package let labelValues: [String]
  package init(id: String, name: String, image: String) { labelValues = [id, name, image] }
}
