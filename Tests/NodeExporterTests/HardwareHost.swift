import ExporterKit
import Foundation
import Telemetry
import TestSupport

@testable import NodeExporter

/// A host of a test's own: a tree of files that stands in for procfs and sysfs, and what a collector reads from it.
struct HardwareHost {
  let directory: TemporaryDirectory
  let host: NodeHost

  /// - Parameters:
  ///   - files: contents by path, for example `sys/class/net/eth0/mtu`; an empty path's end makes a folder.
  ///   - links: targets by path.
  init(_ files: [String: String], links: [String: String] = [:]) throws {
    directory = try TemporaryDirectory("hardware")
    host = NodeHost(
      procfs: directory.file("proc"), sysfs: directory.file("sys"), rootfs: directory.path,
      udevData: directory.file("udev"))
    for (path, text) in files { try write(text, to: path) }
    for (path, target) in links { try link(path, to: target) }
  }

  /// Of a file in the tree.
  func path(_ name: String) -> String { directory.file(name) }

  func write(_ text: String, to path: String) throws {
    try directory.makeDirectory(Self.folder(of: path))
    if !path.hasSuffix("/") { _ = try directory.write(text, to: path) }
  }

  func link(_ path: String, to target: String) throws {
    try directory.makeDirectory(Self.folder(of: path))
    guard symlink(target, directory.file(path)) == 0 else { throw TestSupportError("cannot link \(path)") }
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: directory.file(path)) }

  private static func folder(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }

  /// The series of a page, as text format 0.0.4 has them, sorted.
  func read<Collector: NodeCollector>(_ type: Collector.Type, _ arguments: String...) throws -> [String] {
    try series(of: type.init(FlagValues(arguments, flags: type.flags, environment: [:])))
  }

  func series(of collector: some NodeCollector) throws -> [String] {
    var batch = SampleBatch()
    try collector.read(host, into: &batch)
    return Self.text(of: batch).filter { !$0.hasPrefix("#") }.sorted()
  }

  /// `NAME KIND` of each family.
  func kinds(of collector: some NodeCollector) throws -> [String] {
    var batch = SampleBatch()
    try collector.read(host, into: &batch)
    return Self.text(of: batch).filter { $0.hasPrefix("# TYPE ") }.map { String($0.dropFirst("# TYPE ".count)) }
  }

  private static func text(of batch: SampleBatch) -> [String] {
    String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
