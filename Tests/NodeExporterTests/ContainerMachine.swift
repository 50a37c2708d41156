import ExporterKit
import Foundation
import TestSupport

@testable import NodeExporter

/// A machine of files: control groups, processes and what the engines keep on disk.
final class ContainerMachine {
  let directory: TemporaryDirectory
  let host: NodeHost

  init() throws {
    directory = try TemporaryDirectory("cgroups")
    host = NodeHost(
      procfs: directory.file("proc"), sysfs: directory.file("sys"), rootfs: directory.file("root"),
      udevData: "/run/udev/data")
    try write("cpu 1 2 3\nbtime 1700000000\n", "proc/stat")
    try process(1, start: 5, namespace: "net:[1]")
    try link("../../devices/pci0000:00/block/sda", "sys/dev/block/8:0")
    try link("../../devices/virtual/block/md!raid", "sys/dev/block/9:1")
  }

  func write(_ text: String, _ file: String) throws {
    let parts = file.split(separator: "/").dropLast()
    try directory.makeDirectory(parts.joined(separator: "/"))
    _ = try directory.write(text, to: file)
  }

  func link(_ target: String, _ file: String) throws {
    try directory.makeDirectory(file.split(separator: "/").dropLast().joined(separator: "/"))
    try? FileManager.default.removeItem(atPath: directory.file(file))
    try FileManager.default.createSymbolicLink(atPath: directory.file(file), withDestinationPath: target)
  }

  /// Times in hundredths of a second.
  func process(
    _ pid: Int, parent: Int = 0, command: String = "a) (b", cpu: [Int] = [0, 0, 0, 0], start: Int,
    namespace: String = "net:[1]"
  ) throws {
    let times = cpu.map(String.init).joined(separator: " ")
    try write(
      "\(pid) (\(command)) S \(parent) 1 1 0 -1 4194560 1 2 3 4 \(times) 20 0 1 0 \(start) 1000 50 1844\n",
      "proc/\(pid)/stat")
    try link(namespace, "proc/\(pid)/ns/net")
  }

  func unified(_ path: String, _ files: [String: String]) throws {
    try write("cpu memory io\n", "sys/fs/cgroup/cgroup.controllers")
    for (name, text) in files { try write(text, "sys/fs/cgroup/\(path)/\(name)") }
  }

  func page(_ arguments: String...) throws -> ReadPage {
    try ReadPage(collector(arguments), host)
  }

  func collector(_ arguments: [String] = []) throws -> ContainersCollector {
    ContainersCollector(try FlagValues(arguments, flags: ContainersCollector.flags, environment: [:]))
  }
}
