import Glibc

/// Whole small files without Foundation; a larger one is an error, not its beginning.
package enum FileReader {
  static let maximumBytes = 1 << 20

  package static func contents(of path: String) throws(FileError) -> String {
    String(decoding: try bytes(of: path), as: UTF8.self)
  }

  package static func bytes(of path: String) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw FileError(code: errno)
      }
      bytes += chunk[..<count]
      guard bytes.count <= maximumBytes else { throw FileError(code: EFBIG) }
    }
    return bytes
  }
}

/// An error of the operating system.
package struct FileError: Error, CustomStringConvertible {
  package let code: Int32
  package var description: String { String(cString: strerror(code)) }
}
