import Alerts
import PromQL
import Recording
import Render
import TestSupport

/// The committed rules and their tests in a directory of promtool's own, as they are or with a mistake in them.
struct GeneratedRules {
  static let promtool = "/usr/bin/promtool"

  let directory: TemporaryDirectory
  private static let prefix = "observability/prometheus/rules/"
  /// Rendered once: every mutant of every alert asks for them.
  private static let committed = Result { try Committed.files() }

  /// Every rule, every test.
  init() throws { try self.init { _, contents in contents } }

  /// One alert's rule and what is recorded for it: the other files are there, and empty.
  /// - Parameter change: applied to the file that the alert stands in.
  init(of alert: Alert, changing change: (String) -> String = { $0 }) throws {
    try self.init { name, contents in
      switch name {
      case _ where name.hasPrefix("tests/"): name == "tests/\(alert.name).yml" ? contents : nil
      case Self.file(of: alert): change(Self.rules(of: contents, named: [alert.name]))
      case "minimarket-registros.yml": Self.rules(of: contents, named: Self.recordings(for: alert.expression))
      default: "groups: []\n"
      }
    }
  }

  private init(_ contents: (_ name: String, _ contents: String) -> String?) throws {
    directory = try TemporaryDirectory("rules")
    try directory.makeDirectory("tests")
    for file in try Self.committed.get() where file.path.hasPrefix(Self.prefix) {
      let name = String(file.path.dropFirst(Self.prefix.count))
      if let text = contents(name, file.contents) { _ = try directory.write(text, to: name) }
    }
  }

  static func file(of alert: Alert) -> String { "\(alert.group.rawValue).yml" }

  /// The text of the file that the alert stands in.
  static func text(of alert: Alert) throws -> String {
    let text = try committed.get().first { $0.path == prefix + file(of: alert) }?.contents ?? ""
    return rules(of: text, named: [alert.name])
  }

  func testFile(of alert: Alert) -> String { directory.file("tests/\(alert.name).yml") }

  /// promtool takes a whole processor, and mutants are many.
  private static let turns = Turns(2)

  /// promtool's verdict on the cases of an alert.
  func test(_ alert: Alert) async throws -> Subprocess.Output {
    // Every alert is tested at once, and some look back on hours.
    let command = [Self.promtool, "test", "rules", testFile(of: alert)]
    return try await Self.turns.take { try await Subprocess.run(command, timeout: .seconds(120)) }
  }

  /// What is recorded for an expression, and for what is recorded for it.
  private static func recordings(for expression: InstantVector) -> Set<String> {
    let direct = Recordings.all.filter { expression.node.families.contains($0.family) }
    return direct.reduce(into: Set(direct.map(\.name))) { $0.formUnion(recordings(for: $1.expression)) }
  }

  /// A rule file without the rules of other names. Each rule begins with the comment that says where it comes from.
  private static func rules(of text: String, named names: Set<String>) -> String {
    var isWanted = true
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let kept = zip(lines, lines.dropFirst() + [""]).filter { line, next in
      if line.hasPrefix("      # ") {
        isWanted = names.contains { next == "      - alert: \($0)" || next == "      - record: \($0)" }
      } else if line.hasPrefix("  - name: ") {
        isWanted = true
      }
      return isWanted
    }
    return kept.map { "\($0.0)" }.joined(separator: "\n") + "\n"
  }
}
