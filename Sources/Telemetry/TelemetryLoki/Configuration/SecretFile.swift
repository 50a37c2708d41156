import Glibc

/// A small file with one secret, read when it changes.
struct SecretFile {
  static let maximumBytes = 64 << 10

  private let path: String
  private var known: (stamp: Stamp, secret: String)?

  /// What changes when a file is written or replaced.
  private struct Stamp: Equatable {
    let modified: timespec
    let inode: ino_t
    let byteCount: Int

    static func == (a: Stamp, b: Stamp) -> Bool {
      a.modified.tv_sec == b.modified.tv_sec && a.modified.tv_nsec == b.modified.tv_nsec && a.inode == b.inode
        && a.byteCount == b.byteCount
    }
  }

  init(_ path: String) { self.path = path }

  mutating func forget() { known = nil }

  /// Without the newline at its end.
  mutating func contents() throws(SecretFileError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failed() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failed() }
    let stamp = Stamp(modified: status.st_mtim, inode: status.st_ino, byteCount: Int(status.st_size))
    if let known, known.stamp == stamp { return known.secret }
    var bytes = [UInt8](repeating: 0, count: Self.maximumBytes)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw failed() }
    let end = bytes[..<count].lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
    // Anything else would end the header field, or the request.
    guard end > 0, count < Self.maximumBytes, bytes[..<end].allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw SecretFileError(description: "\(path) must hold one line, the secret, of less than 64 KiB")
    }
    let secret = String(decoding: bytes[..<end], as: UTF8.self)
    known = (stamp, secret)
    return secret
  }

  private func failed() -> SecretFileError {
    SecretFileError(description: "cannot read \(path): \(String(cString: strerror(errno)))")
  }
}

/// A secret that cannot be had. It names the file and shows nothing of it.
struct SecretFileError: Error, CustomStringConvertible {
  let description: String
}
