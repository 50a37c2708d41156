import Foundation
import TestSupport

/// A server of the test's own: for each thing that it is sent on its one connection it does the next of its turns, and
/// then says nothing more.
final class RespondingPeer: Sendable {
  /// What is said, and how long before.
  typealias Turn = [(pause: Duration, text: String)]

  let port: Int
  private let descriptor: Int32

  init(_ turns: [Turn]) throws {
    let (descriptor, port) = try FreePorts.listening()
    (self.descriptor, self.port) = (descriptor, port)
    Thread {
      let connection = accept(descriptor, nil, nil)
      guard connection >= 0 else { return }
      var buffer = [UInt8](repeating: 0, count: 65536)
      for turn in turns {
        guard recv(connection, &buffer, buffer.count, 0) > 0 else { break }
        for (pause, text) in turn {
          var events = pollfd(fd: -1, events: 0, revents: 0)
          poll(&events, 1, Int32(pause / .milliseconds(1)))
          _ = Foundation.send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
        }
      }
      while recv(connection, &buffer, buffer.count, 0) > 0 {}
      close(connection)
    }.start()
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  /// A bulk string.
  static func bulk(_ text: String) -> String { "$\(text.utf8.count)\r\n\(text)\r\n" }
}
