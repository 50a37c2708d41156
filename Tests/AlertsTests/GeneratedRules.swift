import Alerts
import Render
import TestSupport

/// The committed rules and their tests in a directory of promtool's own, as they are or with a mistake in them.
struct GeneratedRules {
  static let promtool = "/usr/bin/promtool"

  let directory: TemporaryDirectory
  private static let prefix = "observability/prometheus/rules/"

  /// Every rule, every test.
  init() throws { try self.init { _, contents in contents } }

  /// The rules of one alert and what is recorded for them: the other files are there, and empty.
  /// - Parameter change: applied to the file that the alert stands in.
  init(of alert: Alert, changing change: (String) -> String = { $0 }) throws {
    try self.init { name, contents in
      switch name {
      case _ where name.hasPrefix("tests/"): name == "tests/\(alert.name).yml" ? contents : nil
      case Self.file(of: alert): change(contents)
      case "minimarket-registros.yml": contents
      default: "groups: []\n"
      }
    }
  }

  private init(_ contents: (_ name: String, _ contents: String) -> String?) throws {
    directory = try TemporaryDirectory("rules")
    try directory.makeDirectory("tests")
    for file in try Committed.files() where file.path.hasPrefix(Self.prefix) {
      let name = String(file.path.dropFirst(Self.prefix.count))
      if let text = contents(name, file.contents) { _ = try directory.write(text, to: name) }
    }
  }

  static func file(of alert: Alert) -> String { "\(alert.group.rawValue).yml" }

  /// The text of the file that the alert stands in.
  static func text(of alert: Alert) throws -> String {
    try Committed.files().first { $0.path == prefix + file(of: alert) }?.contents ?? ""
  }

  func testFile(of alert: Alert) -> String { directory.file("tests/\(alert.name).yml") }

  /// promtool's verdict on the cases of an alert.
  func test(_ alert: Alert) async throws -> Subprocess.Output {
    // Every alert is tested at once, and some look back on hours.
    try await Subprocess.run([Self.promtool, "test", "rules", testFile(of: alert)], timeout: .seconds(120))
  }
}
