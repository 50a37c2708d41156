import ExporterKit
import Glibc
import MetricModel
import NodeExporter
import Telemetry
import TestSupport

/// Files that stand in for procfs, sysfs, the root and udev's data (`proc/…`, `sys/…`, `root/…`, `udev/…`), and what a
/// collector reads of them.
struct StorageTree {
  let directory: TemporaryDirectory
  let host: NodeHost

  /// - Parameter files: their texts by path; an empty text behind a path that ends in a slash is a directory.
  init(_ files: [String: String] = [:]) throws {
    directory = try TemporaryDirectory("storage")
    host = NodeHost(
      procfs: directory.file("proc"), sysfs: directory.file("sys"), rootfs: directory.file("root"),
      udevData: directory.file("udev"))
    for folder in ["proc", "sys", "root", "udev"] { try directory.makeDirectory(folder) }
    for (path, text) in files { try write(text, to: path) }
  }

  func write(_ text: String, to path: String) throws {
    if path.hasSuffix("/") { return try directory.makeDirectory(path) }
    let folders = path.split(separator: "/").dropLast()
    try directory.makeDirectory(folders.joined(separator: "/"))
    _ = try directory.write(text, to: path)
  }

  /// A file, or an empty directory.
  func remove(_ path: String) {
    if unlink(directory.file(path)) != 0 { rmdir(directory.file(path)) }
  }

  func batch(_ collector: any NodeCollector) throws -> SampleBatch {
    var batch = SampleBatch()
    try collector.read(host, into: &batch)
    return batch
  }

  /// Values by series, as a page spells it, with the labels in the order of their names; a series that comes twice is
  /// not a number.
  func series(_ collector: any NodeCollector) throws -> [String: Double] {
    var values: [String: Double] = [:]
    for family in try batch(collector).families {
      for sample in family.samples {
        let labels = zip(family.descriptor.labelNames, sample.labelValues).sorted { $0.0 < $1.0 }
          .map { "\($0)=\"\($1)\"" }
        let isSound = family.descriptor.labelNames.count == sample.labelValues.count
        let key = family.descriptor.name + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}")
        values[key] = isSound && values[key] == nil ? sample.value : .nan
      }
    }
    return values
  }
}

/// Flags as a command line gives them.
func flagValues(_ arguments: [String], of flags: [Flag]) throws -> FlagValues {
  try FlagValues(arguments, flags: flags, environment: [:])
}
