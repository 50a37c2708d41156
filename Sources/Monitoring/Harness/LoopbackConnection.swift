import Foundation

/// A TCP connection to a port of 127.0.0.1, closed with this object. Its methods block their thread.
package final class LoopbackConnection {
  /// For each reading and each writing.
  package static let timeoutSeconds = 10

  private let descriptor: Int32
  private let port: Int
  private var chunk = [UInt8](repeating: 0, count: 64 << 10)

  package init(port: Int) throws {
    self.port = port
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var limit = timeval(tv_sec: Self.timeoutSeconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
    let failed = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) != 0
      }
    }
    if failed { throw HarnessError("nobody answers on port \(port): \(String(cString: strerror(errno)))") }
  }

  deinit { close(descriptor) }

  package func send(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw HarnessError("port \(port) takes nothing: \(String(cString: strerror(errno)))") }
      rest = rest.dropFirst(count)
    }
  }

  /// What has come; nil at the end.
  package func read() throws -> ArraySlice<UInt8>? {
    let count = Glibc.read(descriptor, &chunk, chunk.count)
    guard count >= 0 else { throw HarnessError("port \(port) stopped answering: \(String(cString: strerror(errno)))") }
    return count == 0 ? nil : chunk[..<count]
  }
}
