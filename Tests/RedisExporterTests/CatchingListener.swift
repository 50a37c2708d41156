import Foundation
import Synchronization
import TestSupport

/// A listener that notes what it is sent first, and hangs up.
final class CatchingListener: Sendable {
  let port: Int
  private let descriptor: Int32
  private let caught = Mutex<String?>(nil)

  init() throws {
    (descriptor, port) = try FreePorts.listening()
    Thread { [self, descriptor] in
      let connection = accept(descriptor, nil, nil)
      guard connection >= 0 else { return }
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = recv(connection, &buffer, buffer.count, 0)
      caught.withLock { $0 = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self) }
      close(connection)
    }.start()
  }

  func firstBytes(within timeout: Duration) async throws -> String {
    let end = ContinuousClock.now + timeout
    while .now < end {
      if let text = caught.withLock({ $0 }) { return text }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw TestSupportError("nothing came within \(timeout)")
  }

  deinit { close(descriptor) }
}
