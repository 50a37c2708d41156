import Foundation
import Synchronization
import TestSupport

/// What a service manager listens on: a Unix datagram socket, on a path or, with `@`, in the abstract namespace.
final class ManagerSocket: Sendable {
  private let descriptor: Int32
  private let path: [UInt8]
  private let messages: AsyncStream<String>
  private let continuation: AsyncStream<String>.Continuation
  private let count = Atomic(0)

  /// - Parameter isReading: false: nothing is taken from the socket until `startReading`.
  init(_ name: String, isReading: Bool = true) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    (messages, continuation) = AsyncStream.makeStream()
    // An abstract name begins with a zero byte; a path ends in one.
    path = name.hasPrefix("@") ? [0] + name.dropFirst().utf8 : name.utf8 + [0]
    let descriptor = descriptor
    let status = withAddress { bind(descriptor, $0, $1) }
    guard status == 0 else { throw TestSupportError("cannot bind \(name): errno \(errno)") }
    if isReading { startReading() }
  }

  private func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  /// Sends until the kernel keeps no more for this socket.
  /// - Returns: how many messages it took.
  func fill() throws -> Int {
    let sender = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(sender) }
    guard withAddress({ connect(sender, $0, $1) }) == 0 else {
      throw TestSupportError("cannot connect: errno \(errno)")
    }
    var count = 0
    while Glibc.send(sender, "full", 4, Int32(MSG_DONTWAIT)) == 4 { count += 1 }
    guard errno == EAGAIN else { throw TestSupportError("cannot fill the socket: errno \(errno)") }
    return count
  }

  func startReading() {
    let (descriptor, continuation) = (descriptor, continuation)
    Thread { [weak self] in
      var buffer = [UInt8](repeating: 0, count: 4_096)
      while true {
        let length = recv(descriptor, &buffer, buffer.count, 0)
        guard length > 0 else { break }
        self?.count.add(1, ordering: .relaxed)
        continuation.yield(String(decoding: buffer[..<length], as: UTF8.self))
      }
      continuation.finish()
      close(descriptor)
    }.start()
  }

  /// Ends the thread, which closes the socket.
  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// How many came until now.
  var receivedCount: Int { count.load(ordering: .relaxed) }

  /// The next message.
  func hear() async throws -> String {
    for await message in messages { return message }
    throw TestSupportError("the socket was closed")
  }
}
