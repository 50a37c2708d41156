import Alerts
import Foundation
import Harness

/// A small ext4 in a file, mounted through a loop device and filled: needs root. node-exporter sees it as any other
/// mount, since it lies below a directory that the service user can enter.
struct FullFileSystem: Fault {
  private static let sizeMebibytes = 64

  private let percent: Int
  private let image: String
  private let mountPoint: String

  init(percent: Int, _ stack: PrivateStack) {
    self.percent = percent
    (image, mountPoint) = (stack.file("disk.img"), stack.file("disk"))
  }

  var series: [String: String] { ["mountpoint": mountPoint] }

  func begin() async throws {
    guard getuid() == 0 else { throw DrillError("mounting a file system needs root: run the drill as root") }
    try FileManager.default.createDirectory(atPath: mountPoint, withIntermediateDirectories: true)
    try await Subprocess.check(["/usr/bin/truncate", "-s", "\(Self.sizeMebibytes)M", image])
    try await Subprocess.check(["/sbin/mkfs.ext4", "-q", "-F", "-m", "0", image])
    do { try await Subprocess.check(["/usr/bin/mount", "-o", "loop", image, mountPoint]) } catch {
      throw DrillError("there is no loop device to mount a file with, run where there is one: \(error)")
    }
    try await Subprocess.check(["/usr/bin/chmod", "0755", mountPoint])
    let (used, size) = try space()
    let bytes = max(1, size * percent / 100 - used)
    try await Subprocess.check(["/usr/bin/fallocate", "-l", "\(bytes)", "\(mountPoint)/\(Drill.filler)"])
  }

  func isMended() async throws -> Bool {
    let (used, size) = try space()
    return used * 100 < size * percent / 2
  }

  /// In bytes.
  private func space() throws -> (used: Int, size: Int) {
    var space = statvfs()
    guard statvfs(mountPoint, &space) == 0 else { throw DrillError("cannot look at \(mountPoint): errno \(errno)") }
    let block = Int(space.f_frsize)
    return (Int(space.f_blocks - space.f_bfree) * block, Int(space.f_blocks) * block)
  }

  func undo() async throws {
    if isMounted {
      try await wait(within: .seconds(10), for: "\(mountPoint) to be left") {
        try await Subprocess.run(["/usr/bin/umount", mountPoint]).status == 0
      }
    }
    try? FileManager.default.removeItem(atPath: image)
  }

  private var isMounted: Bool {
    let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
    return mounts.contains(" \(mountPoint) ")
  }
}
