import ExporterKit
import Glibc

extension NodeHost {
  /// Past this a file of procfs or sysfs is refused rather than cut: 16 MiB.
  static let maximumFileBytes = 16 << 20
  private static let stackBytes = 16 << 10

  /// Hands the whole of a small file to `body`, which may keep nothing of it; up to 16 KiB without an allocation.
  package func withBytes<Result>(
    of path: String, _ body: (Bytes) throws -> Result
  ) throws -> Result {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HostError(path: path, code: errno) }
    defer { close(descriptor) }
    usage.addQueries(1)
    return try withUnsafeTemporaryAllocation(byteCount: Self.stackBytes, alignment: 1) { buffer in
      let count = try Self.fill(buffer, from: descriptor, path)
      if count < buffer.count {
        usage.addBytes(count)
        return try body(Bytes(UnsafeRawBufferPointer(rebasing: buffer[..<count])))
      }
      let whole = try Self.rest(of: descriptor, after: UnsafeRawBufferPointer(buffer), path)
      usage.addBytes(whole.count)
      return try whole.withUnsafeBytes { try body(Bytes($0)) }
    }
  }

  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, _ path: String
  ) throws(HostError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw HostError(path: path, code: errno)
      }
      filled += count
    }
    return filled
  }

  private static func rest(
    of descriptor: Int32, after beginning: UnsafeRawBufferPointer, _ path: String
  ) throws(HostError) -> [UInt8] {
    var whole = Array(beginning)
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return whole }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw HostError(path: path, code: errno)
      }
      guard whole.count + count <= maximumFileBytes else { throw HostError(path: path, code: EFBIG) }
      whole += chunk[..<count]
    }
  }

  /// The file's text without white space around it; nil where it is not there or cannot be read, as many files of sysfs.
  package func text(_ path: String) -> String? {
    try? withBytes(of: path) { $0.trimmed.string }
  }

  /// The file's number, with a sign or without; nil as `text(_:)`, and for what is no number.
  package func integer(_ path: String) -> Int? {
    (try? withBytes(of: path) { $0.trimmed.integer }) ?? nil
  }

  /// The number that the file consists of.
  package func number(_ path: String) throws -> Double {
    try withBytes(of: path) { bytes in
      guard let number = bytes.trimmed.double else { throw HostFormatError(path, "is no number") }
      return number
    }
  }

  /// What is read where the kernel has the subject at all: without its files there is nothing to read, which is no
  /// failure.
  package func ifPresent<Result>(_ subject: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as HostError where error.isAbsence {
      throw NothingToRead(subject)
    }
  }

  /// Names of a directory's entries, sorted, without `.` and `..`.
  package func entries(of path: String) throws(HostError) -> [String] {
    guard let directory = opendir(path) else { throw HostError(path: path, code: errno) }
    defer { closedir(directory) }
    usage.addQueries(1)
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = entry.name
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// What the link says; nil where there is none.
  package func link(_ path: String) -> String? { symbolicLink(path) }

  /// Whether anything is there.
  package func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
