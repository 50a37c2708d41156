import TestSupport

/// An exporter that must keep what all of ours keep. What it watches need not be there.
struct ExporterUnderTest: Sendable, CustomStringConvertible {
  let name: String
  /// What the names of its own families begin with.
  let namespace: String
  var arguments: [String] = []
  var environment: [String: String] = [:]

  var description: String { name }

  static let all = [ExporterUnderTest(name: "node-exporter", namespace: "node")]

  func start(_ more: String...) async throws -> RunningExporter {
    try await RunningExporter(name, arguments + more, environment: environment)
  }
}

/// The statuses of what came back on a connection, in order.
func statuses(_ text: String?) -> [String] { (text ?? "").matches(of: /HTTP\/1.1 (\d+)/).map { String($0.1) } }
