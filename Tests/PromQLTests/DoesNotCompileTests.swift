import Foundation
import TestSupport
import Testing

/// What the compiler must refuse, asked of the compiler with the modules that this test was built from.
struct DoesNotCompileTests {
  private static let refused = [
    ("rate of a gauge", "rate(PG.up[5.m])"),
    ("increase of a gauge", "increase(HTTP.inFlight[5.m])"),
    ("sum of a range vector", "sum(HTTP.requests[5.m])"),
    ("rate of an instant vector", "rate(HTTP.requests)"),
    ("a label that the family lacks", "HTTP.requests(\\.level, .is(.error))"),
    ("a value of another label", "HTTP.requests(\\.status, .is(LevelLabel.error))"),
    ("a quantile of a counter", "histogramQuantile(0.9, rate(HTTP.requests[5.m]))"),
    ("a histogram as an instant vector", "sum(HTTP.duration)"),
    ("a mean over time of a counter", "avgOverTime(HTTP.requests[5.m])"),
    ("a metric that nobody declares", "sum(HTTP.nothing)"),
  ]

  @Test func compilerRefuses() async throws {
    let directory = try TemporaryDirectory("compile")
    // One file that compiles, so that a refusal means what it says.
    #expect(try await compiles("sum(rate(HTTP.requests[5.m]), by: .job)", in: directory) == "")
    for (what, expression) in Self.refused {
      #expect(try await compiles(expression, in: directory).contains("error:"), "\(what) compiles: \(expression)")
    }
  }

  /// The compiler's complaints.
  private func compiles(_ expression: String, in directory: TemporaryDirectory) async throws -> String {
    let source = "import Catalog\nimport MetricModel\nimport PromQL\nlet expression = \(expression)\n"
    let file = try directory.write(source, to: "expression.swift")
    let output = try await Subprocess.run(
      ["/usr/bin/env", "swiftc", "-typecheck", "-swift-version", "6", "-package-name", Self.packageName]
        + ["-I", Binaries.directory + "/Modules", file], timeout: .seconds(120))
    return output.standardError
  }

  /// SwiftPM's: the name of the checkout's directory as an identifier.
  private static var packageName: String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let name = root.deletingLastPathComponent().lastPathComponent.lowercased()
    return name.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
  }
}
