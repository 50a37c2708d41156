import ExporterKit
import Foundation
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import NodeExporter

@Suite struct FilesystemTests {
  private let directory: TemporaryDirectory
  private let host: NodeHost

  init() throws {
    directory = try TemporaryDirectory("filesystem")
    for folder in ["proc/1", "proc/self", "root/datos", "root/con espacio"] { try directory.makeDirectory(folder) }
    host = NodeHost(
      procfs: directory.file("proc"), sysfs: "/sys", rootfs: directory.file("root"), udevData: "/run/udev/data")
  }

  private func collector(_ arguments: String...) throws -> FilesystemCollector {
    try FilesystemCollector(FlagValues(arguments, flags: FilesystemCollector.flags, environment: [:]))
  }

  private func mounts(_ lines: String..., of process: String = "1") throws {
    _ = try directory.write(lines.map { $0 + "\n" }.joined(), to: "proc/\(process)/mountinfo")
  }

  @Test func aMountHasTheKernelsNumbersAndTheLabelsOfDebiansVersion() throws {
    try mounts("31 1 8:3 / \(host.rootfs)/datos rw,relatime shared:9 master:2 - ext4 /dev/sdb3 rw,data=ordered")
    let page = try ReadPage(collector(), host)
    let labels = #"{device="/dev/sdb3",fstype="ext4",mountpoint="/datos"}"#
    let real = try FileManager.default.attributesOfFileSystem(forPath: directory.file("root/datos"))
    #expect(page["node_filesystem_size_bytes" + labels] == real[.systemSize] as? Double)
    #expect(page["node_filesystem_files" + labels] == real[.systemNodes] as? Double)
    #expect(page["node_filesystem_device_error" + labels] == 0)
    #expect(page["node_filesystem_readonly" + labels] == 0)
    #expect(page["node_filesystem_purgeable_bytes" + labels] == 0)
    #expect(
      page[#"node_filesystem_mount_info{device="/dev/sdb3",major="8",minor="3",mountpoint="/datos"}"#] == 1)
    #expect(page.series.count == 9)
    let free = try #require(page["node_filesystem_free_bytes" + labels])
    #expect(try #require(page["node_filesystem_avail_bytes" + labels]) <= free)
  }

  @Test func readOnlyIsSaidByTheMountOrByItsFileSystem() throws {
    try mounts(
      "31 1 8:1 / \(host.rootfs)/datos ro,nosuid,relatime - ext4 /dev/a rw",
      "32 1 8:2 / \(host.rootfs)/con\\040espacio rw,errors=remount-ro - ext4 /dev/b ro,data=ordered",
      "33 1 8:3 / \(host.rootfs) rw,errors=remount-ro,prot - ext4 /dev/c rw")
    let page = try ReadPage(collector(), host)
    #expect(page[#"node_filesystem_readonly{device="/dev/a",fstype="ext4",mountpoint="/datos"}"#] == 1)
    #expect(page[#"node_filesystem_readonly{device="/dev/b",fstype="ext4",mountpoint="/con espacio"}"#] == 1)
    #expect(page[#"node_filesystem_readonly{device="/dev/c",fstype="ext4",mountpoint="/"}"#] == 0)
  }

  @Test func aMountThatIsNotThereSaysWhyAndNothingElse() throws {
    try mounts("31 1 8:1 / \(host.rootfs)/falta rw - ext4 /dev/a rw")
    let page = try ReadPage(collector(), host)
    let labels =
      #"{device="/dev/a",fstype="ext4",mountpoint="/falta",device_error="no such file or directory"}"#
    #expect(page.series == ["node_filesystem_device_error" + labels: 1, "node_filesystem_readonly" + labels: 0])
    #expect(MountFailure(code: ESTALE).reason == "stale NFS file handle")
    #expect(MountFailure(code: ENOTCONN).reason == "transport endpoint is not connected")
    #expect(MountFailure(code: EIO).reason == "input/output error")
  }

  @Test func typesAndPointsAreFilteredAsTheStandardExporterFiltersThem() throws {
    try mounts(
      "31 1 8:1 / \(host.rootfs)/datos rw - ext4 /dev/a rw", "32 1 0:9 / \(host.rootfs)/datos rw - tmpfs tmpfs rw",
      "33 1 0:8 / \(host.rootfs)/con\\040espacio rw - overlay overlay rw", "34 1 0:7 / /proc/sub rw - ext4 /dev/p rw")
    func points(_ arguments: String...) throws -> [String] {
      let flags = try FlagValues(arguments, flags: FilesystemCollector.flags, environment: [:])
      return try ReadPage(FilesystemCollector(flags), host).names("node_filesystem_readonly")
        .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
    }
    #expect(try points() == ["/dev/a", "tmpfs"])
    #expect(try points("--collector.filesystem.fs-types-exclude=^ext4$") == ["overlay", "tmpfs"])
    #expect(try points("--collector.filesystem.fs-types-include=^overlay$") == ["overlay"])
    #expect(try points("--collector.filesystem.ignored-fs-types=tmpfs|overlay") == ["/dev/a"])
    #expect(
      try points("--collector.filesystem.mount-points-exclude=^$", "--collector.filesystem.fs-types-include=ext4")
        == ["/dev/a", "/dev/p"])
    #expect(throws: FlagMistake.self) {
      try points("--collector.filesystem.fs-types-exclude=a", "--collector.filesystem.fs-types-include=b")
    }
  }

  @Test func withoutProcessOneOurOwnMountsAreRead() throws {
    try mounts("31 1 8:1 / \(host.rootfs)/datos rw - ext4 /dev/a rw", of: "self")
    #expect(try ReadPage(collector(), host).names("node_filesystem_size_bytes").count == 1)
  }

  @Test func escapesAreUndoneAndWhatLooksLikeOneIsNot() {
    func unescaped(_ text: String) -> String { Array(text.utf8).withUnsafeBytes { Mount.unescaped(Bytes($0)) } }
    #expect(unescaped(#"/a\040b\011c\134d\012e"#) == "/a b\tc\\d\ne")
    #expect(unescaped(#"/a\04"#) == #"/a\04"#)
    #expect(unescaped(#"/a\999\777"#) == #"/a\999\777"#)
    #expect(unescaped(#"\"#) == #"\"#)
  }

  @Test func whatLiesBelowAMountThatHangsMayHangToo() throws {
    try mounts(
      "31 1 0:1 / /red rw - nfs4 servidor:/ rw", "32 1 8:1 / /red/local rw - ext4 /dev/a rw",
      "33 1 8:2 / /redes rw - ext4 /dev/b rw", "34 1 0:3 / /auto rw - autofs auto rw",
      "35 1 8:3 / /auto/x rw - xfs c rw")
    let asked = Mutex<[String]>([])
    let probes = MountProbes { path in
      asked.withLock { $0.append(path) }
      return .success(MountSpace())
    }
    let collector = try FilesystemCollector(FlagValues.none, probes: probes)
    _ = try ReadPage(collector, NodeHost(procfs: directory.file("proc"), sysfs: "", rootfs: "/", udevData: ""))
    #expect(asked.withLock { $0.sorted() } == ["/auto/x", "/red", "/red/local"])
  }

  @Test func linesThatAreNoneHarmOnlyThemselves() throws {
    try mounts(
      "", "31", "31 1 8 / / rw - ext4 /dev/a rw", "31 1 8:1 / \(host.rootfs)/datos rw", "x 1 8:1 / / rw - ext4 a rw",
      "32 1 99999999999999999999999:1 / / rw - ext4 a rw", "33 1 8:1 / \(host.rootfs)/datos rw - ext4")
    #expect(try ReadPage(collector(), host).names("node_filesystem_size_bytes").count == 1)
  }

  @Test func damagedMountTablesNeverCrash() throws {
    let line = "31 1 8:3 / \(host.rootfs)/da\\040tos rw,relatime shared:9 master:2 - ext4 /dev/sdb3 rw,data=ordered\n"
    for seed in 1...1500 {
      var damage = Damage(seed: UInt64(seed))
      let file = directory.file("proc/1/mountinfo")
      try Data(damage.damaged(line + line)).write(to: URL(fileURLWithPath: file))
      _ = try ReadPage(collector("--collector.filesystem.fs-types-include=^ext4$"), host)
    }
  }
}
