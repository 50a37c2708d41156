import ExporterKit
import Glibc
import TestSupport
import Testing

@testable import NodeExporter

@Suite("Files whose descriptors are kept")
struct KeptFilesTests {
  private let real = NodeHost(procfs: "/proc", sysfs: "/sys", rootfs: "/", udevData: "/run/udev/data")

  /// Descriptors of this process that lead to the file.
  private func open(_ path: String) -> Int {
    let all = (try? real.entries(of: "/proc/self/fd")) ?? []
    return all.count { real.link("/proc/self/fd/\($0)") == path }
  }

  @Test("a file of procfs is opened once, says each time what is so now, and is closed with its host")
  func kept() throws {
    let path = "/proc/sys/kernel/random/uuid"
    var said: Set<String> = []
    do {
      let host = NodeHost(procfs: "/proc", sysfs: "/sys", rootfs: "/", udevData: "")
      for _ in 0..<50 { said.insert(try host.withKeptBytes(of: path) { $0.trimmed.string }) }
      #expect(open(path) == 1)
      #expect(host.usage.queries == 50)
      #expect(host.usage.bytes == 50 * 37)
    }
    #expect(said.count == 50, "the kernel makes another at each reading")
    #expect(open(path) == 0)
  }

  @Test(
    "whole files, also those that take several reads",
    arguments: ["stat", "meminfo", "vmstat", "net/netstat", "cpuinfo"])
  func whole(file: String) throws {
    func lines(_ bytes: Bytes) -> [String] {
      var names: [String] = []
      bytes.forEachLine { line in names.append(line.fields.first { _ in true }?.string ?? "") }
      return names
    }
    let path = real.proc(file)
    for _ in 0..<3 {
      let (kept, other) = (try real.withKeptBytes(of: path, lines), try real.withBytes(of: path, lines))
      #expect(kept == other && !kept.isEmpty)
    }
  }

  @Test("a file that is not the kernel's may be replaced by another, grow past the stack, and vanish")
  func replaced() throws {
    let tree = try ProcfsTree(["proc/file": "1\n"])
    let path = tree.host.proc("file")
    #expect(try tree.host.keptNumber(path) == 1)
    unlink(path)
    try tree.write("2\n", to: "proc/file")
    #expect(try tree.host.keptNumber(path) == 2)
    try tree.write(String(repeating: "x", count: 100_000), to: "proc/file")
    #expect(try tree.host.withKeptBytes(of: path) { $0.count } == 100_000)
    unlink(path)
    #expect(throws: HostError(path: path, code: ENOENT)) { try tree.host.keptNumber(path) }
    #expect(open(path) == 0)
  }

  @Test("a descriptor that no longer answers is replaced, and what is no file says so")
  func lost() async throws {
    let child = try await ServerProcess("sleep", ["/bin/sleep", "60"], in: try TemporaryDirectory("kept"))
    let path = "/proc/\(child.pid)/stat"
    #expect(try real.withKeptBytes(of: path) { $0.count } > 0)
    #expect(open(path) == 1)
    try await child.stop(SIGKILL)
    for _ in 0..<1000 where real.exists(path) { try await Task.sleep(for: .milliseconds(5)) }
    #expect(throws: HostError(path: path, code: ENOENT)) { try real.withKeptBytes(of: path) { $0.count } }
    #expect(open(path) == 0)
    #expect(throws: HostError(path: "/proc/self/fd", code: EISDIR)) {
      try real.withKeptBytes(of: "/proc/self/fd") { $0.count }
    }
  }

  @Test("no more descriptors are kept than is said")
  func bounded() throws {
    let host = NodeHost(procfs: "/proc", sysfs: "/sys", rootfs: "/", udevData: "")
    let folder = "/proc/sys/net/ipv4"
    let names = try host.entries(of: folder).prefix(140)
    try #require(names.count > 130)
    for name in names { _ = try? host.withKeptBytes(of: "\(folder)/\(name)") { $0.count } }
    let kept = try host.entries(of: "/proc/self/fd").count {
      host.link("/proc/self/fd/\($0)")?.hasPrefix(folder) == true
    }
    #expect(kept <= 128 && kept > 64)
  }
}
