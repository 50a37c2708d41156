import Alerts
import Render
import TestSupport

/// The committed rules and their tests in a directory of promtool's own, as they are or with a mistake in them.
struct GeneratedRules {
  static let promtool = "/usr/bin/promtool"

  let directory: TemporaryDirectory
  private static let prefix = "observability/prometheus/rules/"

  /// - Parameter change: applied to the rules, not to their tests.
  init(changing change: (String) -> String = { $0 }) throws {
    directory = try TemporaryDirectory("rules")
    try directory.makeDirectory("tests")
    for file in try Committed.files() where file.path.hasPrefix(Self.prefix) {
      let name = String(file.path.dropFirst(Self.prefix.count))
      _ = try directory.write(name.hasPrefix("tests/") ? file.contents : change(file.contents), to: name)
    }
  }

  /// The rules' text.
  static func text() throws -> String {
    try Committed.files().first { $0.path == prefix + "minimarket.yml" }?.contents ?? ""
  }

  func testFile(of alert: Alert) -> String { directory.file("tests/\(alert.name).yml") }

  /// promtool's verdict on the cases of an alert.
  func test(_ alert: Alert) async throws -> Subprocess.Output {
    try await Subprocess.run([Self.promtool, "test", "rules", testFile(of: alert)])
  }
}
