import Foundation
import Synchronization

/// An HTTP server on 127.0.0.1 that answers `ok` to every POST and keeps the bodies, in the order of arrival.
package final class WebhookReceiver: Sendable {
  package let port: Int
  private let listener: Int32
  private let received = Mutex<[String]>([])

  package var url: String { "http://127.0.0.1:\(port)/hook" }
  package var bodies: [String] { received.withLock { $0 } }

  package init() throws {
    (listener, port) = try FreePorts.listening()
    // A thread of its own: accept(2) and read(2) block.
    let thread = Thread { [weak self, listener] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        if let body = Self.answer(connection) { self?.received.withLock { $0.append(body) } }
        close(connection)
      }
    }
    thread.start()
  }

  /// Ends the thread.
  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// Waits until `count` bodies are there.
  package func bodies(_ count: Int, within timeout: Duration = .seconds(20)) async throws -> [String] {
    let end = ContinuousClock.now + timeout
    while true {
      let bodies = bodies
      if bodies.count >= count { return bodies }
      guard .now < end else { throw HarnessError("\(bodies.count) of \(count) messages within \(timeout)") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  private static func answer(_ connection: Int32) -> String? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    var missing = 1
    while missing > 0 {
      let count = read(connection, &chunk, chunk.count)
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
      missing = remaining(of: bytes)
    }
    let reply = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".utf8)
    _ = write(connection, reply, reply.count)
    return split(bytes).map { String(decoding: $0.body, as: UTF8.self) }
  }

  /// Bytes until the end of the body, at least 1 while the head is not whole.
  private static func remaining(of bytes: [UInt8]) -> Int {
    guard let (head, body) = split(bytes) else { return 1 }
    let lengths = head.lowercased().split(separator: "\r\n").filter { $0.hasPrefix("content-length:") }
    let length = lengths.first?.split(separator: ":").last.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    return (length ?? 0) - body.count
  }

  private static func split(_ bytes: [UInt8]) -> (head: String, body: ArraySlice<UInt8>)? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    return (String(decoding: bytes[..<end.lowerBound], as: UTF8.self), bytes[end.upperBound...])
  }
}
