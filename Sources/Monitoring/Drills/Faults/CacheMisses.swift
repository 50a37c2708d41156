import Alerts
import Harness
import Topology

/// Questions to Redis for keys that are not there; afterwards for one that is, many times as often.
actor CacheMisses: Fault {
  private static let missesABatch = 500
  private static let hitsABatch = 20_000
  private static let key = "minimarket-drill"
  private static let keySeconds = 600

  private let stack: PrivateStack
  private var questions: Task<Void, any Error>?

  init(_ stack: PrivateStack) { self.stack = stack }

  func begin() throws { ask(Self.missesABatch, "GET \(Self.key):none") }

  func undo() async throws {
    questions?.cancel()
    _ = try? await questions?.value
    questions = nil
  }

  func afterwards() async throws {
    try await undo()
    try await Self.command("SET \(Self.key) 1 EX \(Self.keySeconds)", on: stack)
    ask(Self.hitsABatch, "GET \(Self.key)")
  }

  func finish() async throws { try await undo() }

  private func ask(_ count: Int, _ command: String) {
    questions = Task { [stack] in
      while !Task.isCancelled {
        try await Self.command("-r \(count) \(command)", on: stack)
        try await Task.sleep(for: .milliseconds(500))
      }
    }
  }

  private static func command(_ text: String, on stack: PrivateStack) async throws {
    let output = try await stack.run(.redis(text + " >/dev/null"))
    guard output.status == 0 else { throw DrillError("redis-cli \(text) ended with \(output.status): \(output.text)") }
  }
}
