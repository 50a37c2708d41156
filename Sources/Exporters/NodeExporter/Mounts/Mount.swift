import ExporterKit

/// A line of `/proc/PID/mountinfo` (proc_pid_mountinfo(5)).
struct Mount: Sendable, Equatable {
  /// The kernel's number of this mount, until it is unmounted.
  let id: Int
  let device: String
  let fstype: String
  /// As the file says it.
  let point: String
  let major: String
  let minor: String
  /// Of the mount or of the whole file system.
  let isReadOnly: Bool

  /// nil for a line that is none, and for a mount that nobody wants and that cannot hang: a machine with containers has
  /// thousands, of which no text is made.
  /// - Parameter isWanted: whether mounts of the type are.
  init?(_ line: Bytes, isWanted: (_ fstype: String) -> Bool) {
    var fields = line.fields
    guard let id = fields.next()?.integer, fields.next() != nil, let number = fields.next(), fields.next() != nil,
      let point = fields.next(), let options = fields.next(), let colon = number.firstIndex(of: UInt8(ascii: ":")),
      let major = number.part(0..<colon).unsigned, let minor = number.part(colon + 1..<number.count).unsigned
    else { return nil }
    // Between the options and the dash stand as many fields as the kernel likes.
    while let field = fields.next(), !(field == "-") {}
    guard let fstype = fields.next()?.string, isWanted(fstype) || !Self.localTypes.contains(fstype) else { return nil }
    let source = fields.next()
    self.id = id
    self.major = String(major)
    self.minor = String(minor)
    self.point = Self.unescaped(point)
    self.fstype = fstype
    device = source?.string ?? ""
    isReadOnly = Self.saysReadOnly(options) || (fields.next().map(Self.saysReadOnly) ?? false)
  }

  /// Nothing but what the kernel writes of itself, or what a machine has in its own disks and memory, answers statfs(2)
  /// without waiting for anybody.
  private static let localTypes: Set<String> = [
    "bcachefs", "binfmt_misc", "bpf", "btrfs", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs",
    "efivarfs", "erofs", "exfat", "ext2", "ext3", "ext4", "f2fs", "fusectl", "hfsplus", "hugetlbfs", "iso9660", "jfs",
    "mqueue", "msdos", "nilfs2", "nsfs", "ntfs3", "overlay", "proc", "pstore", "ramfs", "reiserfs", "rpc_pipefs",
    "securityfs", "selinuxfs", "squashfs", "sysfs", "tmpfs", "tracefs", "udf", "vfat", "xfs", "zfs",
  ]

  var isLocal: Bool { Self.localTypes.contains(fstype) }

  func isBelow(_ other: Mount) -> Bool {
    point.utf8.count > other.point.utf8.count && point.hasPrefix("\(other.point)/")
  }

  private static func saysReadOnly(_ options: Bytes) -> Bool {
    var start = 0
    while start < options.count {
      let end = options.firstIndex(of: UInt8(ascii: ","), from: start) ?? options.count
      if options.part(start..<end) == "ro" { return true }
      start = end + 1
    }
    return false
  }

  /// Space, tab, line feed and backslash are written in octal, as `\040`.
  static func unescaped(_ text: Bytes) -> String {
    guard text.firstIndex(of: UInt8(ascii: "\\")) != nil else { return text.string }
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "\\"), let byte = octal(text.part(index + 1..<index + 4)) {
        bytes.append(byte)
        index += 4
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func octal(_ digits: Bytes) -> UInt8? {
    guard digits.count == 3 else { return nil }
    var value = 0
    for index in 0..<3 {
      guard case UInt8(ascii: "0")...UInt8(ascii: "7") = digits[index] else { return nil }
      value = value * 8 + Int(digits[index] - UInt8(ascii: "0"))
    }
    return UInt8(exactly: value)
  }
}
