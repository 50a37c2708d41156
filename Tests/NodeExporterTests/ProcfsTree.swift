import ExporterKit
import MetricModel
import Telemetry
import TestSupport

@testable import NodeExporter

/// A host of a few files: `proc/…`, `sys/…` and `root/…`, in the words of the test that makes it.
struct ProcfsTree {
  let directory: TemporaryDirectory
  let host: NodeHost

  init(_ files: [String: String]) throws {
    directory = try TemporaryDirectory("procfs")
    host = NodeHost(
      procfs: directory.file("proc"), sysfs: directory.file("sys"), rootfs: directory.file("root"),
      udevData: directory.file("udev"))
    for folder in ["proc", "sys", "root", "udev"] { try directory.makeDirectory(folder) }
    for (name, text) in files { try write(text, to: name) }
  }

  func write(_ text: String, to name: String) throws {
    let folder = name.split(separator: "/").dropLast().joined(separator: "/")
    try directory.makeDirectory(folder)
    _ = try directory.write(text, to: name)
  }

  /// What the collector says of the tree, by series as a page writes them: `node_load1`, `node_cpu_online{cpu="0"}`.
  func read<Collector: NodeCollector>(
    _ type: Collector.Type, _ arguments: String...
  ) throws -> [String: Double] {
    try read(Self.collector(type, arguments))
  }

  func read(_ collector: any NodeCollector) throws -> [String: Double] {
    var batch = SampleBatch()
    try collector.read(host, into: &batch)
    return Self.series(batch)
  }

  static func collector<Collector: NodeCollector>(_ type: Collector.Type, _ arguments: [String]) throws -> Collector {
    let others = [
      Flag("collector.cpufreq", .toggle, default: "true", ""), Flag("collector.disable-defaults", .toggle, ""),
    ]
    return try Collector(FlagValues(arguments, flags: Collector.flags + others, environment: [:]))
  }

  static func series(_ batch: SampleBatch) -> [String: Double] {
    var series: [String: Double] = [:]
    for family in batch.families {
      for sample in family.samples {
        let labels = zip(family.descriptor.labelNames, sample.labelValues).map { "\($0)=\"\($1)\"" }
        let name = family.descriptor.name + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}")
        series[name] = sample.value
      }
    }
    return series
  }

  /// The families that a collector makes, by name.
  func families<Collector: NodeCollector>(_ type: Collector.Type) throws -> [String: FamilyDescriptor] {
    var batch = SampleBatch()
    try Self.collector(type, []).read(host, into: &batch)
    return Dictionary(
      batch.families.map { ($0.descriptor.name, $0.descriptor) }, uniquingKeysWith: { first, _ in first })
  }
}
