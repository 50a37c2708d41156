import CLinux
import ExporterKit
import Glibc
import Synchronization

/// Descriptors of the kernel's files that every scrape reads: to open and close one costs as much as to read it. A
/// reading takes the descriptor and gives it back, so that one that hangs keeps no other waiting.
///
/// For files whose path always means the same; those of devices, which come, go and change their names, are in
/// `OpenAttributes`. That has no part in these: they are as large as `/proc/stat`, belong to no directory that could be
/// looked at instead of them, and are wanted by collectors that run side by side.
final class KeptFiles: Sendable {
  /// Past this they are closed as others are.
  private static let maximumDescriptors = 128
  /// linux/magic.h.
  private static let procfsMagic = 0x9FA0
  private static let sysfsMagic = 0x6265_6572

  private let idle = Mutex<[String: Int32]>([:])

  deinit { idle.withLock { idle in for descriptor in idle.values { close(descriptor) } } }

  func take(_ path: String) -> Int32? { idle.withLock { $0.removeValue(forKey: path) } }

  /// Closes it where it is of a file that may be replaced by another (a fixture's), or where there is one already.
  func give(back descriptor: Int32, of path: String, isNew: Bool) {
    let isKept =
      (!isNew || Self.isKernels(descriptor))
      && idle.withLock { idle in
        guard idle.count < Self.maximumDescriptors, idle[path] == nil else { return false }
        idle[path] = descriptor
        return true
      }
    if !isKept { close(descriptor) }
  }

  /// Whether it is of procfs or sysfs, where a file lives as long as what it tells of. An ordinary file, as in a fixture
  /// tree, may be replaced by another.
  static func isKernels(_ descriptor: Int32) -> Bool {
    var system = statfs()
    guard fstatfs(descriptor, &system) == 0 else { return false }
    return system.f_type == procfsMagic || system.f_type == sysfsMagic
  }
}

extension NodeHost {
  private static let stackBytes = 16 << 10
  /// A read that brings less has brought the end: the kernel fills a page with lines, none of which is this long, or
  /// makes the whole in one piece. https://docs.kernel.org/filesystems/seq_file.html
  private static let endBytes = 2 << 10

  /// As `withBytes(of:_:)`, for a file of procfs or sysfs that is there at every scrape and whose lines are shorter than
  /// 2 KiB, or that the kernel makes in one piece. Its descriptor is kept; one that no longer answers (a module was
  /// unloaded) is replaced.
  package func withKeptBytes<Result>(of path: String, _ body: (Bytes) throws -> Result) throws -> Result {
    try withUnsafeTemporaryAllocation(byteCount: Self.stackBytes, alignment: 1) { buffer in
      var descriptor = kept.take(path) ?? -1
      let isNew = descriptor < 0
      var count = isNew ? nil : Self.read(descriptor, buffer)
      if count == nil {
        if !isNew { close(descriptor) }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HostError(path: path, code: errno) }
        count = Self.read(descriptor, buffer)
      }
      guard let count, count < buffer.count else {
        // Too large for the stack, or no file that can be read from its beginning again.
        close(descriptor)
        return try withBytes(of: path, body)
      }
      defer { kept.give(back: descriptor, of: path, isNew: isNew) }
      usage.addQueries(1)
      usage.addBytes(count)
      return try body(Bytes(UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
  }

  /// The number that such a file consists of.
  package func keptNumber(_ path: String) throws -> Double {
    try withKeptBytes(of: path) { bytes in
      guard let number = bytes.trimmed.double else { throw HostFormatError(path, "is no number") }
      return number
    }
  }

  /// nil where the system refuses.
  private static func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int? {
    var filled = 0
    while filled < buffer.count {
      let count = pread(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(filled))
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      filled += count
      if count < endBytes { break }
    }
    return filled
  }
}
