import Glibc

/// System calls on spill files, with their errors.
enum SpillFile {
  /// Until `end` or the file's, whichever comes first.
  static func read(_ path: String, from offset: Int, to end: Int) throws(SpillError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw .failed("open", path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: max(0, end - offset))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
      }
      if count == 0 { break }
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        throw .failed("read", path)
      }
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  static func byteCount(_ path: String) throws(SpillError) -> Int {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw .failed("look at", path) }
    return Int(status.st_size)
  }

  static func create(_ path: String) throws(SpillError) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .failed("create", path) }
    return descriptor
  }

  /// All bytes or none of them: half a frame must not come before a whole one.
  static func write(
    _ bytes: ArraySlice<UInt8>, to descriptor: Int32, at offset: Int, named path: String
  ) throws(SpillError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written, off_t(offset + written))
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        let code = errno
        ftruncate(descriptor, off_t(offset))
        throw .failed("write", path, code: code)
      }
    }
  }

  /// A lock that ends with the process, however it ends.
  static func lock(_ path: String) throws(SpillError) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .failed("open", path) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      let code = errno
      close(descriptor)
      if code == EWOULDBLOCK { throw SpillError(description: "\(path) is held by another process") }
      throw .failed("lock", path, code: code)
    }
    return descriptor
  }

  /// The names in a directory.
  static func names(in directory: String) throws(SpillError) -> [String] {
    guard let entries = opendir(directory) else { throw .failed("read", directory) }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }
}
