import Foundation
import TestSupport

/// A TCP connection that sends what no HTTP client would.
final class RawConnection {
  private let descriptor: Int32

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
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
  func send(_ text: String) { _ = Foundation.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }

  func closeOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Everything until the peer closes; nil if it has not within the timeout.
  func readToEnd(within timeout: Duration) async throws -> String? {
    let end = ContinuousClock.now + timeout
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while .now < end {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count == 0 || (count < 0 && errno == ECONNRESET) { return String(decoding: bytes, as: UTF8.self) }
      if count > 0 { bytes += chunk[..<count] } else { try await Task.sleep(for: .milliseconds(5)) }
    }
    return nil
  }
}
