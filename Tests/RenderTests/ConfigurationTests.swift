import Render
import TestSupport
import Testing
import Topology

/// promtool and amtool of Debian judge its rendering whole, and docker's less the keys that are newer than they are.
struct ConfigurationTests {
  private static let prometheus = "observability/prometheus/prometheus.yml"
  private static let alertmanager = "observability/alertmanager/alertmanager.yml"
  private static let page = "http://pages.example/token"

  private func local(_ secrets: MonitoringSecrets) throws -> [RenderedFile] {
    try LocalMonitoring.files(
      for: Stack(engine: .local, ports: [Port.deposito.name: 18_001], stateDirectory: "/state"), secrets: secrets)
  }

  @Test func debianReadsTheLocalRendering() async throws {
    for secrets in [
      MonitoringSecrets(), MonitoringSecrets(slackWebhookURL: "http://s", pageWebhookURL: Self.page),
    ] {
      let tree = try RenderedTree(try local(secrets))
      let prometheus = try await tree.checkPrometheus("prometheus/prometheus.yml")
      #expect(prometheus.status == 0, "\(prometheus.standardError)")
      #expect(prometheus.standardOutput.contains("SUCCESS: 4 rule files found"))
      let alertmanager = try await tree.checkAlertmanager("alertmanager/alertmanager.yml")
      #expect(alertmanager.status == 0, "\(alertmanager.standardError)\(alertmanager.standardOutput)")
      #expect(alertmanager.standardOutput.contains("1 templates"))
    }
  }

  @Test func debianReadsDockersRenderingLessTheNewerKeys() async throws {
    let tree = try RenderedTree(try Committed.files(), changing: NewerKeys.removed)
    let prometheus = try await tree.checkPrometheus(Self.prometheus)
    #expect(prometheus.status == 0, "\(prometheus.standardError)")
    let alertmanager = try await tree.checkAlertmanager(Self.alertmanager)
    #expect(alertmanager.status == 0, "\(alertmanager.standardOutput)")
  }

  /// Each listed key is in docker's rendering, in no other, and refused by Debian: else it leaves the list.
  @Test func everyNewerKeyIsNewer() async throws {
    let tree = try RenderedTree(try Committed.files())
    let prometheus = try await tree.checkPrometheus(Self.prometheus).standardError
    for key in NewerKeys.prometheus { #expect(prometheus.contains("field \(key) not found")) }
    let alertmanager = try await tree.checkAlertmanager(Self.alertmanager).standardOutput
    for key in NewerKeys.alertmanager { #expect(alertmanager.contains("field \(key) not found")) }
    let local = try local(MonitoringSecrets(slackWebhookURL: "http://s", pageWebhookURL: Self.page))
    for key in NewerKeys.prometheus + NewerKeys.alertmanager {
      #expect(!local.contains { $0.contents.contains(" \(key):") && !$0.contents.contains("api_\(key)") })
    }
  }

  @Test func addressesOfWebhooksAreOnlyInSecretFiles() throws {
    let slack = "http://hooks.example/services/T/B/secret"
    let files = try local(MonitoringSecrets(slackWebhookURL: slack, pageWebhookURL: Self.page))
    #expect(!files.contains { $0.contents.contains(slack) })
    let withPage = files.filter { $0.contents.contains(Self.page) }
    #expect(withPage.map(\.path) == ["alertmanager/alertmanager.yml"])
    #expect(withPage.map(\.isSecret) == [true])
    #expect(files.contains { $0.contents.contains("api_url_file: /state/secrets/SLACK_WEBHOOK_URL\n") })
    #expect(!(try Committed.files().contains { $0.isSecret || $0.contents.contains("hooks.slack.com") }))
  }

  @Test func everyJobIsScrapedInBothRenderings() throws {
    let docker = try #require(try Committed.files().first { $0.path == Self.prometheus }).contents
    let local = try #require(try local(MonitoringSecrets()).first { $0.path == "prometheus/prometheus.yml" }).contents
    for job in Platform.processes.compactMap(\.job) {
      #expect(docker.ranges(of: "job_name: \(job.rawValue)\n").count == 1)
      #expect(local.ranges(of: "job_name: \(job.rawValue)\n").count == 1)
    }
    for service in Platform.services {
      #expect(docker.contains("- \(service.name)\n        type: A\n        port: \(service.port.number)\n"))
    }
    #expect(local.contains("- 127.0.0.1:18001\n"))
    #expect(!local.contains("dns_sd_configs"))
  }

  @Test func linksNeedABase() throws {
    let without = try #require(try local(MonitoringSecrets()).first { $0.path.hasSuffix("minimarket.yml") }).contents
    #expect(without.contains("runbook_url: '{{ $externalLabels.public_url }}/runbooks/#ServiceDown'"))
    #expect(!without.contains("dashboard_url"))
    #expect(!without.contains("grafana_url"))
    let prometheus = try #require(try local(MonitoringSecrets()).first { $0.path.hasSuffix("prometheus.yml") })
    #expect(!prometheus.contents.contains("grafana_url:"))
  }
}
