import ExporterKit
import Glibc
import Testing

@testable import NodeExporter

@Suite("Files of the host")
struct HostFilesTests {
  @Test(
    "a file of any size is handed over whole, and counted",
    arguments: [0, 1, 16_383, 16_384, 16_385, 81_919, 81_920, 81_921, 1_000_000])
  func sizes(count: Int) throws {
    let text = String(String(repeating: "abcdefghijklm", count: count / 13 + 1).prefix(count))
    let tree = try ProcfsTree(["proc/file": text])
    let isWhole = try tree.host.withBytes(of: tree.host.proc("file")) { $0.string == text }
    #expect(isWhole)
    #expect(tree.host.usage.queries == 1)
    #expect(tree.host.usage.bytes == count)
  }

  @Test("a file past the limit is refused rather than cut")
  func tooLarge() throws {
    let tree = try ProcfsTree([:])
    let path = tree.host.proc("file")
    let file = open(path, O_CREAT | O_WRONLY, 0o600)
    defer { close(file) }
    #expect(ftruncate(file, off_t(NodeHost.maximumFileBytes + 1)) == 0)
    #expect(throws: HostError(path: path, code: EFBIG)) { try tree.host.withBytes(of: path) { $0.count } }
    #expect(ftruncate(file, off_t(NodeHost.maximumFileBytes)) == 0)
    #expect(try tree.host.withBytes(of: path) { $0.count } == NodeHost.maximumFileBytes)
  }

  @Test("what is not there is an absence, what may not be read is not")
  func refusals() throws {
    let tree = try ProcfsTree(["proc/file": "1\n", "proc/folder/x": ""])
    func error(_ path: String) -> HostError? {
      do {
        return try tree.host.withBytes(of: tree.host.proc(path)) { _ in nil }
      } catch {
        return error as? HostError
      }
    }
    #expect(error("none")?.code == ENOENT)
    #expect(error("none")?.isAbsence == true)
    #expect(error("file/below")?.isAbsence == true)
    #expect(error("folder")?.code == EISDIR)
    #expect(error("folder")?.isAbsence == false)
    #expect(HostError(path: "x", code: EACCES).isAbsence == false)
    #expect(HostError(path: "/proc/1/stat", code: ESRCH).isAbsence, "the process ended while it was read")
    #expect(error("file") == nil)
  }

  @Test("small files as text and as numbers")
  func small() throws {
    let tree = try ProcfsTree(["sys/a": " -5 \n", "sys/b": "word\n", "sys/c": "2.5\n"])
    #expect(tree.host.text(tree.host.sys("a")) == "-5")
    #expect(tree.host.integer(tree.host.sys("a")) == -5)
    #expect(tree.host.integer(tree.host.sys("b")) == nil)
    #expect(tree.host.text(tree.host.sys("none")) == nil)
    #expect(try tree.host.number(tree.host.sys("c")) == 2.5)
    #expect(throws: HostFormatError.self) { try tree.host.number(tree.host.sys("b")) }
    #expect(throws: HostError.self) { try tree.host.number(tree.host.sys("none")) }
  }

  @Test("without its files there is nothing to read; other troubles stay what they are")
  func presence() throws {
    let tree = try ProcfsTree(["sys/b": "word\n"])
    #expect(throws: NothingToRead.self) { try tree.host.ifPresent("it") { try tree.host.number("/none") } }
    #expect(throws: HostFormatError.self) { try tree.host.ifPresent("it") { try tree.host.number(tree.host.sys("b")) } }
    #expect(throws: HostError.self) { try tree.host.ifPresent("it") { throw HostError(path: "x", code: EACCES) } }
  }

  @Test("ten thousand entries, sorted; one that vanishes before it is opened is an absence")
  func directory() throws {
    let tree = try ProcfsTree(["proc/0": ""])
    // Links to one file: as many entries, and quickly made.
    for number in 1..<10_000 { link(tree.host.proc("0"), tree.host.proc("\(number)")) }
    let names = try tree.host.entries(of: tree.host.procfs)
    // Outside of the macro, which would describe all of them.
    let count = names.count
    let isSorted = names == names.sorted()
    let isListed = names.contains("777")
    #expect(count == 10_000 && isSorted && isListed)
    unlink(tree.host.proc("777"))
    #expect(throws: NothingToRead.self) {
      try tree.host.ifPresent("777") { try tree.host.number(tree.host.proc("777")) }
    }
    #expect(throws: HostError.self) { try tree.host.entries(of: tree.host.proc("888")) }
  }

  @Test("processes that end between the listing and the reading do not count")
  func vanishing() throws {
    var files = ["proc/sys/kernel/threads-max": "9\n", "proc/sys/kernel/pid_max": "9\n"]
    for pid in 1...200 { files["proc/\(pid)/stat"] = "\(pid) (a) S" + String(repeating: " 1", count: 30) + "\n" }
    let tree = try ProcfsTree(files)
    // A link that leads nowhere is listed and cannot be opened, as a process that has ended.
    for pid in 1...100 {
      unlink(tree.host.proc("\(pid)/stat"))
      symlink("nowhere", tree.host.proc("\(pid)/stat"))
    }
    #expect(try tree.read(ProcessesCollector.self)["node_processes_pids"] == 100)
  }

  @Test("paths of a fixture tree, with or without a slash at their ends")
  func paths() {
    let host = NodeHost(procfs: "/p/", sysfs: "/s", rootfs: "/", udevData: "")
    #expect(host.proc("net/dev") == "/p/net/dev")
    #expect(host.sys("class") == "/s/class")
    #expect(host.root("etc/os-release") == "/etc/os-release")
  }

  @Test("links are read, and what is none says so")
  func links() throws {
    let tree = try ProcfsTree(["sys/file": ""])
    symlink("../target", tree.host.sys("link"))
    #expect(tree.host.link(tree.host.sys("link")) == "../target")
    #expect(tree.host.link(tree.host.sys("file")) == nil)
    #expect(tree.host.exists(tree.host.sys("file")))
    #expect(!tree.host.exists(tree.host.sys("none")))
  }
}
