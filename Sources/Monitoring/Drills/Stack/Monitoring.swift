import Foundation
import Harness
import Topology

/// What the stack's own Prometheus says, asked over its API.
extension PrivateStack {
  /// An alert that waits or fires.
  struct ActiveAlert: Sendable {
    let labels: [String: String]
    let isFiring: Bool
  }

  /// The alerts of this name whose labels have these values.
  func activeAlerts(_ name: String, having series: [String: String]) async throws -> [ActiveAlert] {
    let data = try await prometheus("/api/v1/alerts")
    let alerts = data["alerts"]?.array ?? []
    return alerts.compactMap { alert in
      guard case .object(let fields)? = alert["labels"] else { return nil }
      let labels = fields.compactMapValues(\.string)
      let isMeant = labels["alertname"] == name && series.allSatisfy { labels[$0.key] == $0.value }
      return isMeant ? ActiveAlert(labels: labels, isFiring: alert["state"]?.string == "firing") : nil
    }
  }

  /// The alerts that mute this one now, as Alertmanager sees it.
  func inhibitors(of name: String) async throws -> [String] {
    let answer = try await LoopbackHTTP.send(port: stack.number(of: .alertmanager), "/api/v2/alerts")
    let alerts = try JSONScalar(answer.body).array ?? []
    func value(_ alert: JSONScalar, _ label: String) -> String? { alert["labels"]?[label]?.string }
    let muting = alerts.filter { value($0, "alertname") == name }
      .flatMap { $0["status"]?["inhibitedBy"]?.array ?? [] }.compactMap(\.string)
    let named = alerts.compactMap { alert in
      alert["fingerprint"]?.string.flatMap { muting.contains($0) ? value(alert, "alertname") : nil }
    }
    return Set(named).sorted()
  }

  /// Waits until every target has been scraped.
  func settle() async throws {
    try await wait(within: Self.settleTimeout, for: "every target to be up") {
      let targets = (try? await prometheus("/api/v1/targets?state=active"))?["activeTargets"]?.array ?? []
      let expected = Platform.processes.filter { $0.job != nil }.count
      return targets.count >= expected && targets.allSatisfy { $0["health"]?.string == "up" }
    }
  }

  /// Prometheus and Alertmanager start afresh: what an earlier drill left in the averages is no part of the next one.
  /// - Parameter history: samples of the past in OpenMetrics' text format, for expressions that look back on it.
  func forgetHistory(replacingWith history: String? = nil) async throws {
    let processes = [Platform.prometheus, Platform.alertmanager]
    for process in processes { try await supervisor("stop", process.name) }
    for process in processes {
      let data = "\(stack.stateDirectory)/data/\(process.name)"
      for name in try FileManager.default.contentsOfDirectory(atPath: data) {
        try FileManager.default.removeItem(atPath: "\(data)/\(name)")
      }
    }
    if let history { try await fill(with: history) }
    for process in processes.reversed() { try await supervisor("start", process.name) }
    try await settle()
  }

  private func fill(with history: String) async throws {
    let data = "\(stack.stateDirectory)/data/\(Platform.prometheus.name)"
    let text = file("history.om")
    try Data(history.utf8).write(to: URL(fileURLWithPath: text))
    try await Subprocess.check(
      ["/usr/bin/promtool", "tsdb", "create-blocks-from", "openmetrics", "--quiet", text, data],
      timeout: Self.commandTimeout)
    try await Subprocess.check(["/usr/bin/chown", "-R", "--reference=\(data)", data])
  }

  private func prometheus(_ path: String) async throws -> JSONScalar {
    let answer = try await LoopbackHTTP.send(port: stack.number(of: .prometheus), path)
    guard answer.status == 200, let data = try JSONScalar(answer.body)["data"] else {
      throw DrillError("Prometheus answers \(path) with \(answer.status)")
    }
    return data
  }
}
