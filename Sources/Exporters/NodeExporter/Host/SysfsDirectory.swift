import ExporterKit
import Glibc

/// A directory of sysfs whose small files are read one after the other. Each costs three system calls (open below the
/// directory, one read, close): an attribute is at most a page and comes whole with the first read
/// (https://www.kernel.org/doc/html/latest/filesystems/sysfs.html).
package struct SysfsDirectory: ~Copyable {
  static let maximumBytes = 4096

  package let path: String
  private let descriptor: Int32
  /// Of a directory that was opened to be listed; the descriptor is the stream's.
  private let stream: OpaquePointer?
  private let usage: TargetUsage

  package init(_ path: String, of host: NodeHost) throws(HostError) {
    guard let stream = opendir(path) else { throw HostError(path: path, code: errno) }
    self.path = path
    self.stream = stream
    descriptor = dirfd(stream)
    usage = host.usage
    usage.addQueries(1)
  }

  /// A directory below another, or behind a link in it.
  package init(_ name: String, in parent: borrowing SysfsDirectory) throws(HostError) {
    let descriptor = openat(parent.descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HostError(path: "\(parent.path)/\(name)", code: errno) }
    path = "\(parent.path)/\(name)"
    self.descriptor = descriptor
    stream = nil
    usage = parent.usage
    usage.addQueries(1)
  }

  deinit {
    if let stream { closedir(stream) } else { close(descriptor) }
  }

  /// - Parameter body: keeps nothing of what it gets.
  package func withBytes<Result>(of name: String, _ body: (Bytes) -> Result) throws(HostError) -> Result {
    let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw HostError(path: "\(path)/\(name)", code: errno) }
    defer { close(file) }
    usage.addQueries(1)
    let result = withUnsafeTemporaryAllocation(byteCount: Self.maximumBytes, alignment: 1) { buffer -> Result? in
      let count = read(file, buffer.baseAddress, buffer.count)
      guard count >= 0 else { return nil }
      usage.addBytes(count)
      return body(Bytes(UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
    guard let result else { throw HostError(path: "\(path)/\(name)", code: errno) }
    return result
  }

  /// Without white space around it; nil where it is not there or cannot be read: many attributes refuse (EINVAL,
  /// EOPNOTSUPP, ENODATA) while the device sleeps or has nothing to say.
  package func text(_ name: String) -> String? { try? withBytes(of: name) { $0.trimmed.string } }

  /// In decimal, or in hexadecimal behind `0x`; nil as `text(_:)`, and for what is no number.
  package func integer(_ name: String) -> Int? { (try? withBytes(of: name) { $0.trimmed.decimalOrHexadecimal }) ?? nil }

  /// Of the directory's entries, sorted, without `.` and `..`. To be asked once.
  package func names() throws(HostError) -> [String] {
    guard let stream = stream ?? fdopendir(fcntl(descriptor, F_DUPFD_CLOEXEC, 0)) else {
      throw HostError(path: path, code: errno)
    }
    defer { if self.stream == nil { closedir(stream) } }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = entry.name
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// For whoever keeps the file open, and closes it; nil where it is not there or may not be read.
  func openFile(_ name: String) -> Int32? {
    let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC)
    return file < 0 ? nil : file
  }

  /// The inode's number of a directory below this one or behind a link in it; nil for what is none.
  func identity(of name: String) -> UInt64? {
    var status = stat()
    guard fstatat(descriptor, name, &status, 0) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    return UInt64(status.st_ino)
  }

  /// Whether anything of the name is there.
  package func has(_ name: String) -> Bool { faccessat(descriptor, name, F_OK, 0) == 0 }

  /// Where the directory is, without links on the way. The kernel knows it of an open file (proc(5), `fd`); without
  /// procfs every directory of the path is asked.
  package var realPath: String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return path }
      let count = readlink("/proc/self/fd/\(descriptor)", start, buffer.count)
      if count > 0, count < buffer.count, start[0] == CChar(UInt8(ascii: "/")) {
        return String(decoding: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[..<count])), as: UTF8.self)
      }
      return realpath(path, start) == nil ? path : String(cString: start)
    }
  }

  /// What a link in the directory says; nil where there is none.
  package func link(_ name: String) -> String? { symbolicLink(name, at: descriptor) }
}

extension Bytes {
  var decimalOrHexadecimal: Int? {
    hasPrefix("0x") || hasPrefix("0X") ? part(2..<count).hexadecimal.flatMap { Int(exactly: $0) } : integer
  }
}

extension String {
  /// What stands behind the prefix where that begins with a digit, as in `thermal_zone0`; as the shell's `[0-9]*`.
  func numbered(behind prefix: String) -> String? {
    guard hasPrefix(prefix), let digit = utf8.dropFirst(prefix.utf8.count).first, (0x30...0x39).contains(digit) else {
      return nil
    }
    return String(dropFirst(prefix.count))
  }
}
