import Foundation
import TestSupport
import Testing
import Topology

@testable import Render

/// What Prometheus sends to a cluster's store, with VictoriaMetrics as the store.
struct RemoteWriteTests {
  /// On a port of its own; its data outlives it.
  private final class Store: Sendable {
    let port: Int
    let directory: TemporaryDirectory
    let process: ServerProcess

    init(port: Int, in directory: TemporaryDirectory) async throws {
      (self.port, self.directory) = (port, directory)
      process = try await ServerProcess(
        "victoria-metrics",
        [
          "/usr/bin/victoria-metrics", "-httpListenAddr=127.0.0.1:\(port)",
          "-storageDataPath=\(directory.file("store"))", "-retentionPeriod=1d", "-search.latencyOffset=0s",
          "-httpAuth.username=tienda", "-httpAuth.password=c@ve",
        ], in: directory, unprivileged: true)
      try await client.wait(for: "/health")
    }

    var client: HTTPClient {
      var client = HTTPClient("http://127.0.0.1:\(port)")
      client.headers["Authorization"] = "Basic \(Data("tienda:c@ve".utf8).base64EncodedString())"
      return client
    }

    /// The samples of a selection, each series with its labels.
    func series(_ selection: String) async throws -> [[String: Any]] {
      var query = URLComponents()
      query.queryItems = [URLQueryItem(name: "match[]", value: selection)]
      let text = try await client.send("GET", "/api/v1/export?\(query.percentEncodedQuery ?? "")").text
      return try text.split(separator: "\n").compactMap {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
    }

    func samples(_ selection: String) async throws -> [Double: Double] {
      var samples: [Double: Double] = [:]
      for series in try await series(selection) {
        let (times, values) = (series["timestamps"] as? [Double] ?? [], series["values"] as? [Double] ?? [])
        for (time, value) in zip(times, values) { samples[time] = value }
      }
      return samples
    }

    /// Until it has samples newer than a moment in milliseconds; they become visible within some seconds.
    func wait(for selection: String, after moment: Double) async throws -> [Double: Double] {
      let end = ContinuousClock.now + .seconds(60)
      while .now < end {
        let samples = try await samples(selection)
        if samples.keys.contains(where: { $0 > moment }) { return samples }
        try await Task.sleep(for: .milliseconds(500))
      }
      throw TestSupportError("nothing of \(selection) arrived after \(moment)")
    }
  }

  private func files(_ url: String, prometheus port: Int) throws -> [RenderedFile] {
    try LocalMonitoring.files(
      for: Stack(
        engine: .local, ports: [Port.prometheus.name: port], grafanaURL: "http://tableros.example",
        stateDirectory: "/state", timeDivisor: 15),
      secrets: MonitoringSecrets(remoteWriteURL: url))
  }

  /// Our whole rendering, a scrape a second.
  private func start(_ files: [RenderedFile], port: Int, in directory: TemporaryDirectory) async throws -> ServerProcess
  {
    for file in files where file.path.hasPrefix("prometheus/") {
      try directory.makeDirectory(file.path.split(separator: "/").dropLast().joined(separator: "/"))
      _ = try directory.write(file.contents, to: file.path)
    }
    let process = try await ServerProcess(
      "prometheus",
      [
        PrometheusServer.executable, "--config.file=\(directory.file("prometheus/prometheus.yml"))",
        "--storage.tsdb.path=\(directory.file("data"))", "--web.listen-address=127.0.0.1:\(port)",
        "--enable-feature=exemplar-storage",
      ], in: directory, unprivileged: true)
    try await HTTPClient("http://127.0.0.1:\(port)").wait(for: "/-/ready")
    return process
  }

  private func own(_ port: Int) async throws -> [Double: Double] {
    let query = "/api/v1/query?query=up%7Bjob%3D%22prometheus%22%7D%5B10m%5D"
    let text = try await HTTPClient("http://127.0.0.1:\(port)").send("GET", query).body
    let answer = try JSONSerialization.jsonObject(with: text) as? [String: Any]
    let result = (answer?["data"] as? [String: Any])?["result"] as? [[String: Any]]
    var samples: [Double: Double] = [:]
    for pair in result?.first?["values"] as? [[Any]] ?? [] {
      if let time = pair.first as? Double, let value = (pair.last as? String).flatMap({ Double($0) }) {
        samples[(time * 1000).rounded()] = value
      }
    }
    return samples
  }

  /// The store is away for a while: what was scraped meanwhile arrives when it is back, sample by sample.
  @Test func everySampleArrivesThoughTheStoreWasAway() async throws {
    let (storePort, port) = (try FreePorts.next(), try FreePorts.next())
    let (storeDirectory, directory) = (try TemporaryDirectory("store"), try TemporaryDirectory("sender"))
    let files = try files("http://tienda:c%40ve@127.0.0.1:\(storePort)/api/v1/write", prometheus: port)
    var store = try await Store(port: storePort, in: storeDirectory)
    let prometheus = try await start(files, port: port, in: directory)
    _ = try await store.wait(for: "up{job=\"prometheus\"}", after: 0)
    let labels = try #require(try await store.series("up{job=\"prometheus\"}").first?["metric"] as? [String: String])
    #expect(labels["monitor"] == "minimarket" && labels["instance"] == "127.0.0.1:\(port)")
    #expect(labels["public_url"] == nil && labels["grafana_url"] == nil)
    #expect(try await !store.series("{__name__=~\"job:.*|ALERTS\",monitor=\"minimarket\"}").isEmpty)

    try await store.process.stop()
    let gone = Date().timeIntervalSince1970 * 1000
    try await Task.sleep(for: .seconds(5))
    let back = Date().timeIntervalSince1970 * 1000
    store = try await Store(port: storePort, in: storeDirectory)
    let arrived = try await store.wait(for: "up{job=\"prometheus\",monitor=\"minimarket\"}", after: back + 1500)
    let newest = arrived.keys.max() ?? 0
    let kept = try await own(port).filter { $0.key <= newest }
    #expect(kept.keys.filter { $0 > gone && $0 < back }.count >= 3)
    #expect(kept.filter { arrived[$0.key] != $0.value } == [:])
    try await prometheus.stop()
    try await store.process.stop()
  }

  @Test func thePasswordIsInItsOwnSecretFileAlone() throws {
    let files = try files("https://u:se%2Fcret@store.example/api/v1/push?x=1", prometheus: 9090)
    let holders = files.filter { $0.contents.contains("se/cret") || $0.contents.contains("se%2Fcret") }
    #expect(holders.map(\.path) == ["prometheus/remote-write.password"] && holders.allSatisfy(\.isSecret))
    let configuration = try #require(files.first { $0.path == "prometheus/prometheus.yml" })
    #expect(configuration.isSecret)
    #expect(configuration.contents.contains("    url: https://store.example/api/v1/push?x=1\n"))
    #expect(!configuration.contents.contains("send_native_histograms"))
  }

  @Test func nothingIsSentWithoutAnAddress() throws {
    for url in [nil, ""] {
      let files = try LocalMonitoring.files(
        for: Stack(engine: .local, stateDirectory: "/s"), secrets: MonitoringSecrets(remoteWriteURL: url))
      #expect(!files.contains { $0.contents.contains("remote_write:") || $0.path.hasSuffix(".password") })
    }
    #expect(!(try Committed.files().contains { $0.contents.contains("remote_write:") }))
  }

  @Test(arguments: ["store.example/write", "ftp://store.example", "http://", "http://user@store.example/write"])
  func whatIsNoAddressIsRefused(_ url: String) {
    #expect(throws: RenderingError.self) { try RemoteWrite(url) }
  }

  /// Docker's newer Prometheus sends native histograms too; Debian's promtool knows every other key.
  @Test func dockersRenderingSendsNativeHistograms() async throws {
    let write = try #require(try RemoteWrite("http://store.example/write"))
    let yaml = PrometheusConfiguration(stack: .committed, remoteWrite: write).yaml()
    #expect(try yaml.rendered(header: "h").contains("    send_native_histograms: true\n"))
    let local = PrometheusConfiguration(
      stack: Stack(engine: .local, stateDirectory: "/s"), remoteWrite: try RemoteWrite("http://u:p@store.example/write")
    )
    let directory = try TemporaryDirectory("remote")
    _ = try directory.write("p", to: RemoteWrite.passwordFile)
    let file = try directory.write(try local.yaml().rendered(header: "h"), to: "prometheus.yml")
    let verdict = try await Subprocess.run(["/usr/bin/promtool", "check", "config", file])
    #expect(verdict.status == 0, "\(verdict.standardError)")
  }
}
