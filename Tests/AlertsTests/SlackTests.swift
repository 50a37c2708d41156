import Alerts
import Foundation
import Render
import Routing
import TestSupport
import Testing

/// A real Alertmanager sends what the templates make of alerts; the receiver judges it as Slack does.
struct SlackTests {
  /// Alerts as Prometheus sends them.
  private func json(
    name: String = "ServiceDown", severity: String = "critical", instance: String = "a", summary: String,
    description: String = "d", began: String = "2026-11-24T03:00:00Z", ended: Bool = false
  ) -> String {
    func text(_ value: String) -> String {
      "\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n"))\""
    }
    return """
      {"labels": {"alertname": \(text(name)), "severity": "\(severity)", "service": "agente_deposito",
        "instance": "\(instance)"},
       "annotations": {"summary": \(text(summary)), "description": \(text(description)), "value": "0 réplicas en pie",
        "runbook_url": "http://tienda.example/runbooks/#ServiceDown",
        "dashboard_url": "http://tienda.example:3000/d/x?orgId=1&var-servicio=agente_deposito"},
       "startsAt": "\(began)"\(ended ? ", \"endsAt\": \"2026-11-24T03:10:00Z\"" : "")}
      """
  }

  /// An Alertmanager with our configuration, in which every group is told after a second, at any hour: the pace is no
  /// template's business.
  private func alertmanager(telling receiver: WebhookReceiver) async throws -> AlertmanagerServer {
    let rendering = try LocalRendering(MonitoringSecrets(slackWebhookURL: receiver.url), timeDivisor: 60)
    let text = try #require(rendering.files.first { $0.path == "alertmanager/alertmanager.yml" }).contents
    let hasty = text.replacing(/group_wait: \w+/, with: "group_wait: 1s").replacing(
      /group_interval: \w+/, with: "group_interval: 1s")
    return try await AlertmanagerServer.start(
      configuration: rendering.directory.write(hasty, to: "config/alertmanager/hasty.yml"), keeping: rendering.directory
    )
  }

  /// What arrives at Slack after these alerts.
  private func message(_ alerts: [String]) async throws -> SlackPayload { try await exchange(alerts).message }

  private func exchange(_ alerts: [String]) async throws -> (message: SlackPayload, port: Int) {
    let receiver = try WebhookReceiver()
    let server = try await alertmanager(telling: receiver)
    try await server.post(alerts: "[\(alerts.joined(separator: ","))]")
    let body = try #require(try await receiver.bodies(1).first)
    try await server.stop()
    return (try SlackPayload(body), server.port)
  }

  /// The last line of a message: Alertmanager's own page, whose address is its host's name where no flag says another.
  private func silencing(_ name: String, _ port: Int) -> String {
    let host = ProcessInfo.processInfo.hostName
    return "\n<http://\(host):\(port)/#/silences/new?filter=%7Balertname%3D\(name)"
      + "%2Cservice%3D%22agente_deposito%22%7D|Silenciar>"
  }

  @Test func saysWhatSinceWhenAndWhatToDo() async throws {
    let (message, server) = try await exchange([
      json(summary: "agente_deposito no responde", description: "Ninguna réplica.")
    ])
    #expect(message.problems == [])
    #expect(message.channel == "#minimarket-alerts")
    let attachment = try #require(message.attachments.first)
    #expect(attachment.color == Severity.critical.slackColor)
    #expect(attachment.title == "CRITICAL: ServiceDown · agente_deposito")
    #expect(attachment.titleLink == "http://tienda.example/runbooks/#ServiceDown")
    #expect(
      attachment.text == """
        *agente_deposito no responde*
        Ninguna réplica.
        Valor: 0 réplicas en pie
        Desde: 24/11/2026 00:00:00 (hora argentina)
        <http://tienda.example/runbooks/#ServiceDown|Qué hacer> · \
        <http://tienda.example:3000/d/x?orgId=1&amp;var-servicio=agente_deposito\
        &amp;from=1795488300000&amp;to=now|Tablero>
        """ + silencing("%22ServiceDown%22", server))
  }

  @Test func escapesWhatSlackReadsAsMarkup() async throws {
    let message = try await message([json(name: "A<B", summary: "<!channel> & <@U1> a < b > c")])
    #expect(message.problems == [])
    let attachment = try #require(message.attachments.first)
    #expect(attachment.title?.contains("A&lt;B") == true)
    #expect(attachment.text?.contains("&lt;!channel&gt; &amp; &lt;@U1&gt; a &lt; b &gt; c") == true)
  }

  @Test func staysBelowSlacksLimitWhateverTheValues() async throws {
    let long = String(repeating: "&<>ñ", count: 2_000)
    // Alertmanager lets a group wait for company only while its first alert is young.
    let soon = Date.now.addingTimeInterval(60).ISO8601Format()
    let alerts = (0..<50).map { json(instance: "\($0)", summary: long, description: long, began: soon) }
    let message = try await message(alerts)
    #expect(message.problems == [])
    let text = try #require(message.attachments.first?.text)
    #expect(text.contains("Son 50 en total: las demás están en Alertmanager.\n<http"))
    #expect(text.count > SlackMessage.textLimit / 2)
  }

  /// A name with everything that a matcher, an address or Slack reads as its own.
  @Test func theSilenceLinkSurvivesHostileNames() async throws {
    let (message, port) = try await exchange([json(name: #"a "b" \c&<d>+{e},|f"#, summary: "s")])
    #expect(message.problems == [])
    let name = "%22a%20%5C%22b%5C%22%20%5C%5Cc%26%3Cd%3E%2B%7Be%7D%2C%7Cf%22"
    #expect(message.attachments.first?.text?.hasSuffix(silencing(name, port)) == true)
  }

  @Test(arguments: Severity.calling)
  func colorsSaySeverity(_ severity: Severity) async throws {
    let message = try await message([json(severity: severity.rawValue, summary: "s")])
    #expect(message.problems == [])
    #expect(message.attachments.first?.color == severity.slackColor)
  }

  @Test func tellsTheEnd() async throws {
    let receiver = try WebhookReceiver()
    let server = try await alertmanager(telling: receiver)
    try await server.post(alerts: "[\(json(summary: "s"))]")
    _ = try await receiver.bodies(1)
    try await server.post(alerts: "[\(json(summary: "s", ended: true))]")
    let message = try SlackPayload(try await receiver.bodies(2)[1])
    try await server.stop()
    #expect(message.problems == [])
    let attachment = try #require(message.attachments.first)
    #expect(attachment.title == "RESUELTA: ServiceDown · agente_deposito")
    #expect(attachment.color == "#2eb67d")
    #expect(attachment.text?.contains("Hasta: 24/11/2026 00:10:00 (hora argentina)") == true)
    #expect(attachment.text?.contains("&amp;from=1795488300000&amp;to=1795490700000|Tablero>") == true)
    #expect(attachment.text?.contains("Silenciar") == false)
  }
}
