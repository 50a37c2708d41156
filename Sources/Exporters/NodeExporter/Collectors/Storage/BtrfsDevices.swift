import ExporterKit
import Glibc

/// What btrfs says about the devices of a mounted file system, by the calls of `linux/btrfs.h`: size, use, and errors
/// since the file system was made. Asked only where `/sys/fs/btrfs` has a file system; three calls and one a device.
enum BtrfsDevices {
  struct Device {
    let name: String
    let uuid: String
    let usedBytes: UInt64
    let totalBytes: UInt64
    /// In the order of `errorKinds`.
    let errors: [UInt64]
  }

  static let errorKinds = ["write", "read", "flush", "corruption", "generation"]

  /// Identifiers are not contiguous; past this nobody looks.
  private static let maximumDeviceID: UInt64 = 4096

  /// By the file system's UUID. A file system that cannot be reached is not there.
  static func byFileSystem(_ host: NodeHost) -> [String: [Device]] {
    var found: [String: [Device]] = [:]
    for mountPoint in mountPoints(host) {
      // A mount of btrfs alone is opened, so that no dead server is asked for anything.
      let descriptor = open(host.rootfs + mountPoint, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard let info = call(BtrfsRequest.fileSystemInfo, descriptor) else { continue }
      let id = uuid(info[16..<32])
      if found[id] == nil { found[id] = devices(descriptor, maximum: number(info, 0), count: number(info, 8)) }
    }
    return found
  }

  private static func devices(_ descriptor: Int32, maximum: UInt64, count: UInt64) -> [Device] {
    var devices: [Device] = []
    for id in 0...min(maximum, maximumDeviceID) where devices.count < count {
      guard let info = call(BtrfsRequest.deviceInfo, descriptor, device: id),
        let counters = call(BtrfsRequest.deviceErrors, descriptor, device: id, 5)
      else { continue }
      let path = String(decoding: info[BtrfsRequest.pathOffset...].prefix { $0 != 0 }, as: UTF8.self)
      devices.append(
        Device(
          name: path.split(separator: "/").last.map(String.init) ?? path, uuid: uuid(info[8..<24]),
          usedBytes: number(info, 24), totalBytes: number(info, 32),
          errors: errorKinds.indices.map { number(counters, BtrfsRequest.errorsOffset + 8 * $0) }))
    }
    return devices
  }

  /// - Returns: what the kernel wrote; nil where it refused.
  private static func call(_ request: BtrfsRequest, _ descriptor: Int32, device: UInt64 = 0, _ items: UInt64 = 0)
    -> [UInt8]?
  {
    var buffer = [UInt8](repeating: 0, count: request.bytes)
    return buffer.withUnsafeMutableBytes { bytes -> Bool in
      bytes.storeBytes(of: device, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: items, toByteOffset: 8, as: UInt64.self)
      guard let start = bytes.baseAddress else { return false }
      return ioctl(descriptor, request.number, start) == 0
    } ? buffer : nil
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    guard offset >= 0, offset + 8 <= bytes.count else { return 0 }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
  }

  /// In hexadecimal, with the dashes of RFC 9562 §4.
  private static func uuid(_ bytes: ArraySlice<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Of btrfs, one a line of mountinfo (proc(5)): the fifth field, and behind the dash the type.
  static func mountPoints(_ host: NodeHost) -> [String] {
    var points: [String] = []
    // The first process sees the host's mounts, where its files may be read.
    for process in ["1", "self"] {
      let isRead: ()? = try? host.withSharedBytes(of: host.proc("\(process)/mountinfo")) { text in
        text.forEachLine { line in
          guard let dash = line.firstIndex(of: " - btrfs ") else { return }
          var fields = line.part(0..<dash).fields
          for _ in 0..<4 where fields.next() == nil { return }
          if let point = fields.next() { points.append(Mount.unescaped(point)) }
        }
      }
      if isRead != nil { break }
    }
    return points
  }
}

/// Calls of `linux/btrfs.h`: the size is part of the number, as ioctl(2) has it on x86, arm64 and riscv.
struct BtrfsRequest {
  let number: UInt
  let bytes: Int

  private init(read: Bool, write: Bool, _ index: UInt, bytes: Int) {
    number = (read ? 1 << 31 : 0) | (write ? 1 << 30 : 0) | UInt(bytes) << 16 | 0x94 << 8 | index
    self.bytes = bytes
  }

  static let fileSystemInfo = BtrfsRequest(read: true, write: false, 31, bytes: 1024)
  static let deviceInfo = BtrfsRequest(read: true, write: true, 30, bytes: 4096)
  static let deviceErrors = BtrfsRequest(read: true, write: true, 52, bytes: 1032)

  /// In the answer of `deviceInfo`.
  static let pathOffset = 3072
  /// In the answer of `deviceErrors`.
  static let errorsOffset = 24
}
