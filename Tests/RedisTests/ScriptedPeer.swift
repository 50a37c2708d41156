import Foundation
import TestSupport

/// A server that answers whatever it is sent with bytes of the test's, and then closes or says nothing more.
final class ScriptedPeer: Sendable {
  let port: Int
  private let descriptor: Int32

  /// - Parameters:
  ///   - answers: of each connection in turn, sent when something came; the last one's for all others.
  ///   - delay: before the answer.
  init(_ answers: [[UInt8]], closes: Bool = true, delay: Duration = .zero) throws {
    let (descriptor, port) = try FreePorts.listening()
    (self.descriptor, self.port) = (descriptor, port)
    let microseconds = useconds_t(delay / .microseconds(1))
    Thread {
      var turn = 0
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        let answer = answers[min(turn, answers.count - 1)]
        turn += 1
        Thread {
          var buffer = [UInt8](repeating: 0, count: 65536)
          _ = recv(connection, &buffer, buffer.count, 0)
          if microseconds > 0 {
            var events = pollfd(fd: -1, events: 0, revents: 0)
            poll(&events, 1, Int32(microseconds / 1000))
          }
          _ = Foundation.send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
          if !closes { while recv(connection, &buffer, buffer.count, 0) > 0 {} }
          close(connection)
        }.start()
      }
    }.start()
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  var url: String { "redis://127.0.0.1:\(port)" }
}
