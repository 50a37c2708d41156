import Topology

/// Requests that each write into the log, many times as many as usual.
actor LogStorm: Fault {
  private static let requestsPerSecond = 300

  private let process: PlatformProcess
  private let stack: PrivateStack
  private var traffic: Traffic?

  init(_ process: PlatformProcess, _ stack: PrivateStack) { (self.process, self.stack) = (process, stack) }

  func begin() async throws {
    guard process.name == Platform.deposito.name else { throw DrillError("nobody asks \(process.name) for anything") }
    traffic = try await Traffic(on: stack, perSecond: Self.requestsPerSecond)
  }

  /// Until it is out of the rate over five minutes.
  nonisolated var forgetTimeout: Duration { .seconds(420) }

  func isMended() -> Bool { traffic == nil }

  func undo() async throws {
    try await traffic?.stop()
    traffic = nil
  }
}
