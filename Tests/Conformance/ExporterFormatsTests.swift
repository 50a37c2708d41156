import Foundation
import TestSupport
import Testing

/// What Prometheus, and whoever else reads pages, gets of every exporter.
@Suite("Every exporter: formats", .timeLimit(.minutes(3)))
struct ExporterFormatsTests {
  private static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"

  /// What stands behind `# TYPE`.
  private func types(_ page: String) -> [String: String] {
    let pairs = page.matches(of: /(?m)^# TYPE (\S+) (\S+)$/).map { (String($0.1), String($0.2)) }
    return Dictionary(pairs) { "\($0) and \($1)" }
  }

  private func sampleNames(_ page: String) -> Set<Substring> {
    Set(page.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.prefix { $0 != "{" && $0 != " " } })
  }

  @Test("the same families in both text formats, each ended as it must be", arguments: ExporterUnderTest.all)
  func formats(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    let text = try await exporter.send("GET", "/metrics")
    let open = try await exporter.send("GET", "/metrics", headers: ["Accept": Self.openMetrics])
    #expect(text.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    #expect(open.headers["content-type"] == Self.openMetrics)
    #expect(text.headers["vary"] == "Accept, Accept-Encoding")
    #expect(open.text.hasSuffix("\n# EOF\n"))
    #expect(sampleNames(text.text) == sampleNames(open.text))
    #expect(types(text.text).keys.contains("\(subject.namespace)_scrape_collector_success"))
    #expect(types(text.text).values.allSatisfy { !$0.contains(" and ") })
  }

  @Test(
    "promtool has nothing to say about names that are not the standard exporter's", arguments: ExporterUnderTest.all)
  func promtool(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    let page = try await exporter.send("GET", "/metrics").text
    let output = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: page)
    // 3: lint alone; parity decides names.
    #expect([0, 3].contains(output.status), "\(output.standardError)")
    let own = output.standardError.split(separator: "\n").filter { line in
      ["process_", "log_", "telemetry_", "\(subject.namespace)_exporter_", "\(subject.namespace)_scrape_"]
        .contains { line.hasPrefix($0) }
    }
    #expect(own.isEmpty, "\(own)")
  }

  @Test("a coding is used where it is taken, and not where it is refused", arguments: ExporterUnderTest.all)
  func codings(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    let url = "http://127.0.0.1:\(exporter.port)/metrics"
    for (accepted, expected) in [
      ("gzip", "gzip"), ("gzip;q=0", ""), ("identity", ""), ("gzip;q=0.1, identity;q=0.5", ""), ("*;q=0, identity", ""),
      ("zstd", "zstd"),
    ] {
      let head = try await Subprocess.check(
        ["/usr/bin/curl", "-s", "-o", "/dev/null", "-D", "-", "-H", "Accept-Encoding: \(accepted)", url])
      let coding = head.firstMatch(of: /(?i)content-encoding: (\S+)/).map { String($0.1) } ?? ""
      #expect(coding == expected, "\(accepted)")
    }
    let plain = try await Subprocess.check(["/usr/bin/curl", "-s", "--compressed", url])
    #expect(plain.contains("\(subject.namespace)_exporter_scrapes_total"))
  }
}
