import Catalog
import Foundation
import Grafana
import PromQL
import TestSupport
import Testing

@testable import Preview

/// Answers of a Prometheus, written by hand and of a real one.
struct PrometheusTests {
  private func answer(_ json: String) throws -> PrometheusAnswer { try PrometheusAnswer(json: Data(json.utf8)) }

  @Test func everyKindOfAnswerIsRead() throws {
    let matrix = try answer(
      #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"job":"a"},"#
        + #""values":[[1,"NaN"],[2.5,"+Inf"],[3,"7"]]}]}}"#
    )
    #expect(matrix.series.first?.labels == ["job": "a"])
    #expect(matrix.series.first?.points.map(\.seconds) == [1, 2.5, 3])
    #expect(matrix.series.first?.points.map(\.value.description) == ["nan", "inf", "7.0"])
    let vector = try answer(
      #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"-Inf"]}]}}"#)
    #expect(vector.series.first?.points.map(\.value) == [-.infinity])
    let scalar = try answer(#"{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}"#)
    #expect(scalar.series == [QueriedSeries(labels: [:], points: [.init(seconds: 1, value: 2)])])
    let refused = try answer(#"{"status":"error","errorType":"bad_data","error":"parse error"}"#)
    #expect(refused.refusal == "parse error" && refused.series == [])
    #expect(throws: (any Error).self) { try answer("<html>") }
  }

  @Test func aRealOneIsDrawnAndRefuses() async throws {
    let scraped = try await PrometheusServer.start()
    let server = try await PrometheusServer.start(
      configuration: """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs: [{job_name: prueba, static_configs: [{targets: ['127.0.0.1:\(scraped.port)']}]}]
        """)
    let client = PrometheusClient(url: server.url + "/")
    let end = ContinuousClock.now + .seconds(30)
    while try await client.newest("count_over_time(up[1m]) >= 3", at: Self.now).series.isEmpty {
      try #require(.now < end, "nothing is scraped")
      try await Task.sleep(for: .milliseconds(100))
    }
    let panel = Gallery.panel(1, "Arriba", .timeSeries, unit: .count)
    let dashboard = Dashboard(uid: "u", title: "t", description: "d", rows: [Row(id: 100, "r", [panel])])
    let reader = PanelReader(client, range: ShownRange(end: Self.now, length: 1.m, scrapeInterval: 1.s))
    let data = try await reader.data(of: dashboard)
    let series = try #require(data[1]?.answers.first?.series.first)
    #expect(series.labels["job"] == "prueba" && series.points.count >= 3)
    let svg = DashboardPicture(dashboard, data: data, range: reader.range).svg()
    #expect(try Drawn.document(svg).elements("polyline").map(\.spots.count) == [series.points.count])
    #expect(try await client.newest("up{", at: Self.now).refusal?.contains("parse error") == true)
    let binary = try Binaries.path(of: "observability")
    let output = try TemporaryDirectory("preview")
    try await Subprocess.check(
      [binary, "preview", "--prometheus", server.url, "--all", "--output", output.file("a/b")])
    for dashboard in Dashboards.all {
      let written = try String(contentsOfFile: output.file("a/b/\(dashboard.uid).svg"), encoding: .utf8)
      #expect(try Drawn.document(written).elements("text", class: "title").count == dashboard.panels.count)
    }
    let printed = try await Subprocess.check(
      [binary, "query", "minimarket-system-overview/1", "--json", "--prometheus", server.url])
    #expect(try JSONSerialization.jsonObject(with: Data(printed.utf8)) is [String: Any])
    try await server.stop()
    try await scraped.stop()
  }

  @Test func nobodyThereIsOneClearError() async throws {
    let port = try FreePorts.next()
    let command = [
      try Binaries.path(of: "observability"), "preview", "--all", "--prometheus", "http://127.0.0.1:\(port)",
      "--output", "/tmp/minimarket-preview-nothing",
    ]
    let result = try await Subprocess.run(command)
    #expect(result.status == 1)
    #expect(result.standardError.hasPrefix("Error: Prometheus at http://127.0.0.1:\(port) does not answer"))
    #expect(result.standardError.split(separator: "\n").count == 1)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/minimarket-preview-nothing"))
  }

  /// A minute is what URLSession waits by itself.
  @Test(.timeLimit(.minutes(1))) func whoNeverAnswersIsNotWaitedForLong() async throws {
    let silent = try FreePorts.blackHole()
    let client = PrometheusClient(url: "http://127.0.0.1:\(silent.port)", answerTimeoutSeconds: 1)
    await #expect(throws: PrometheusClient.Unreachable.self) { try await client.newest("up", at: 0) }
  }

  private static var now: Int { Int(Date().timeIntervalSince1970) }
}
