import Foundation
import Synchronization

/// TCP ports of 127.0.0.1 that nobody listens on.
package enum FreePorts {
  /// A port that was free a moment ago, given out once in the life of this process. It lies below the range from which
  /// the kernel takes the ports of outgoing connections, so that none of those has it when the server comes to listen.
  package static func next() throws -> Int {
    for _ in 0..<1000 {
      let port = candidates.withLock { next in
        next = next + 1 < 32_768 ? next + 1 : firstCandidate
        return next
      }
      guard let (descriptor, _) = try? bound(to: port) else { continue }
      close(descriptor)
      return port
    }
    throw HarnessError("no port of 127.0.0.1 from \(firstCandidate) to 32767 is free")
  }

  private static let firstCandidate = 12_000
  private static let candidates = Mutex(Int.random(in: firstCandidate..<32_000))

  /// A port that accepts connections, in the kernel's backlog alone, and never answers.
  package static func blackHole() throws -> BlackHole {
    let (descriptor, port) = try listening()
    return BlackHole(port: port, descriptor: descriptor)
  }

  /// A descriptor that accepts connections on a free port; it is the caller's to close.
  package static func listening() throws -> (descriptor: Int32, port: Int) {
    let (descriptor, port) = try bound()
    guard listen(descriptor, 64) == 0 else { throw HarnessError("cannot listen on \(port): errno \(errno)") }
    return (descriptor, port)
  }

  private static func bound(to port: Int = 0) throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = UInt16(port).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failed = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) != 0 || getsockname(descriptor, $0, &length) != 0
      }
    }
    guard !failed else {
      let code = errno
      close(descriptor)
      throw HarnessError("cannot bind port \(port) of 127.0.0.1: errno \(code)")
    }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
  }
}

/// A listener that never answers; it ends with this object.
package final class BlackHole: Sendable {
  package let port: Int
  private let descriptor: Int32

  init(port: Int, descriptor: Int32) {
    self.port = port
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
