import Foundation

/// A TCP connection that sends what no HTTP client would.
package final class RawConnection {
  private let descriptor: Int32

  /// - Parameter receiveBufferBytes: what the kernel keeps for a client that does not read; nil: as it sees fit.
  package init(port: Int, receiveBufferBytes: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    if var bytes = receiveBufferBytes {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw TestSupportError("cannot connect to \(port): errno \(errno)") }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  deinit { close(descriptor) }

  /// What the peer does not take is dropped.
  package func send(_ text: String) { _ = Foundation.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }

  package func closeOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Everything until the peer closes, as text; nil if it has not within the timeout.
  package func readToEnd(within timeout: Duration) async throws -> String? {
    try await bytesToEnd(within: timeout).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Everything until the peer closes; nil if it has not within the timeout.
  package func bytesToEnd(within timeout: Duration) async throws -> [UInt8]? {
    let end = ContinuousClock.now + timeout
    var bytes: [UInt8] = []
    while .now < end {
      guard let piece = receive() else { return bytes }
      bytes += piece
      if piece.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    }
    return nil
  }

  /// So many bytes, or fewer where the peer closes; an error if they have not come within the timeout.
  package func read(_ count: Int, within timeout: Duration = .seconds(20)) async throws -> [UInt8] {
    let end = ContinuousClock.now + timeout
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard let piece = receive(maximumBytes: min(count - bytes.count, 65536)) else { return bytes }
      bytes += piece
      guard .now < end else { throw TestSupportError("\(bytes.count) of \(count) bytes came within \(timeout)") }
      if piece.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
    }
    return bytes
  }

  /// What is there, which may be nothing; nil where the peer has closed.
  private func receive(maximumBytes: Int = 65536) -> [UInt8]? {
    var piece = [UInt8](repeating: 0, count: maximumBytes)
    let count = recv(descriptor, &piece, piece.count, 0)
    if count == 0 || (count < 0 && errno == ECONNRESET) { return nil }
    return count > 0 ? Array(piece[..<count]) : []
  }
}
