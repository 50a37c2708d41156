import ExporterKit
import Glibc
import Synchronization

/// The attributes of one device held open, so that reading one again costs one system call and a sixth of the time
/// (0.8 µs instead of 4.5). Sysfs makes an attribute's text anew for every read at its beginning
/// (https://www.kernel.org/doc/html/latest/filesystems/sysfs.html). What is kept is files, never their contents.
///
/// `KeptFiles` cannot stand in: it knows a file by its path, and a descriptor below `class/net/eth0` goes on answering
/// for the device that was renamed since, while another has the name. A device is looked at once a scrape for all of its
/// files, which need no lock and no path of their own then.
final class OpenAttributes: Sendable {
  private let descriptors: [String: Int32]
  private let usage: TargetUsage
  /// Whether the files may be kept open: those of sysfs are their device's for as long as it lives. An ordinary file,
  /// as in a fixture tree, may be replaced by another.
  let isOfSysfs: Bool

  /// What is not there or may not be read is left out.
  init(_ names: [String], in directory: borrowing SysfsDirectory, _ usage: TargetUsage) {
    self.usage = usage
    var descriptors: [String: Int32] = [:]
    for name in names {
      if let descriptor = directory.openFile(name) { descriptors[name] = descriptor }
    }
    self.descriptors = descriptors
    isOfSysfs = descriptors.values.first.map(KeptFiles.isKernels) ?? false
  }

  deinit { for descriptor in descriptors.values { close(descriptor) } }

  /// As `SysfsDirectory.text(_:)`.
  func text(_ name: String) -> String? { read(name) { $0.trimmed.string } }

  /// As `SysfsDirectory.integer(_:)`.
  func integer(_ name: String) -> Int? { read(name) { $0.trimmed.decimalOrHexadecimal } ?? nil }

  private func read<Result>(_ name: String, _ body: (Bytes) -> Result) -> Result? {
    guard let descriptor = descriptors[name] else { return nil }
    usage.addQueries(1)
    return withUnsafeTemporaryAllocation(byteCount: SysfsDirectory.maximumBytes, alignment: 1) { buffer -> Result? in
      guard let start = buffer.baseAddress else { return nil }
      let count = pread(descriptor, start, buffer.count, 0)
      guard count >= 0 else { return nil }
      usage.addBytes(count)
      return body(Bytes(UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
  }
}

/// The attributes of a class' devices, held open from scrape to scrape, up to a limit of devices.
final class OpenDevices: Sendable {
  private let names: [String]
  private let maximumDevices: Int
  private let kept = Mutex<[String: (identity: UInt64, attributes: OpenAttributes)]>([:])

  /// - Parameter names: of the attributes.
  init(_ names: [String], maximumDevices: Int) {
    self.names = names
    self.maximumDevices = maximumDevices
  }

  /// Calls `body` with each device's attributes and closes those of devices that have gone.
  /// - Parameter devices: entries of the directory that are wanted; what is no directory is left out.
  func forEach(
    _ devices: [String], in directory: borrowing SysfsDirectory, on host: NodeHost,
    _ body: (String, OpenAttributes) -> Void
  ) {
    let old = kept.withLock { kept in
      defer { kept = [:] }
      return kept
    }
    var new: [String: (identity: UInt64, attributes: OpenAttributes)] = [:]
    for name in devices {
      // A name may belong to another device by now. Sysfs gives no inode's number twice.
      guard let identity = directory.identity(of: name) else { continue }
      var attributes = old[name].flatMap { $0.identity == identity ? $0.attributes : nil }
      if attributes == nil, let device = try? SysfsDirectory(name, in: directory) {
        attributes = OpenAttributes(names, in: device, host.usage)
      }
      guard let attributes else { continue }
      body(name, attributes)
      if new.count < maximumDevices, attributes.isOfSysfs { new[name] = (identity, attributes) }
    }
    kept.withLock { $0 = new }
  }
}
