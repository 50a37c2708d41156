import Foundation
import Grafana
import MetricModel
import PromQL
import TestSupport
import Testing
import Topology

/// The first paragraph of the README, as one run: deploy, move stock through nginx, see it in Prometheus, lose
/// nothing to a kill -9, stop the service, and read of it in Slack with the link to the runbook.
@Suite(.serialized) struct StoryTests {
  @Test(.timeLimit(.minutes(15))) func fromCloneToSlack() async throws {
    let slack = try WebhookReceiver()
    let platform = try PlatformUnderTest(["SLACK_WEBHOOK_URL": slack.url])
    // Waiting for ten times as long proves nothing more; expressions are never compressed.
    try platform.compressTime(by: 10)
    let up = try await platform.up()
    try #require(up.status == 0, "\(up.standardOutput)\(up.standardError)")
    do {
      try await story(platform, slack)
    } catch {
      _ = try await platform.deploy(["--down"])
      throw error
    }
    let down = try await platform.deploy(["--down"])
    #expect(down.status == 0, "\(down.standardOutput)\(down.standardError)")
    #expect(platform.controlGroups == [])
    await #expect(throws: (any Error).self) {
      try await HTTPClient(platform.url(.prometheus)).send("GET", "/-/healthy")
    }
  }

  private func story(_ platform: PlatformUnderTest, _ slack: WebhookReceiver) async throws {
    let client = try await login(platform)
    let product = try await movesStock(platform, client)
    try await seesServersAndPrograms(platform)
    try await changesNothingTheSecondTime(platform)
    try await losesNothingToAKill(platform, client, product)
    try await hidesWhatIsInternal(platform)
    try await answersEveryPanel(platform, client)
    try await tellsSlack(platform, slack)
  }

  private func login(_ platform: PlatformUnderTest) async throws -> HTTPClient {
    let nginx = HTTPClient(platform.url(.nginxHTTP))
    let password = try platform.secret("ADMIN_PASSWORD")
    let answer = try await nginx.send(
      "POST", "/api/v1/auth/login", json: #"{"username":"admin","password":"\#(password)"}"#)
    return nginx.authorized(by: try #require(answer.json["access_token"]?.string, "\(answer.text)"))
  }

  private func movesStock(_ platform: PlatformUnderTest, _ client: HTTPClient) async throws -> Int {
    let created = try await client.send(
      "POST", "/api/deposito/api/v1/productos",
      json: """
        {"codigo":"YER/1","nombre":"Yerba","categoria":"almacen","precio_compra":1000.5,"precio_venta":1500,
         "stock_actual":1000}
        """)
    let product = try #require(created.json["id"]?.int, "\(created.text)")
    // What the service calls the product leads to it through nginx, and so does a code with a slash in it.
    #expect(created.headers["location"] == "/api/deposito/api/v1/productos/\(product)")
    let found = try await client.send("GET", "/api/deposito/api/v1/productos/codigo/YER%2F1")
    #expect(found.json["id"]?.int == product, "\(found.text)")
    let moved = try await client.send(
      "POST", "/api/deposito/api/v1/stock/movement",
      json: #"{"producto_id":\#(product),"tipo_movimiento":"ENTRADA","cantidad":24.5,"motivo":"compra"}"#)
    #expect(moved.json["producto"]?["stock_actual"]?.number == Decimal(string: "1024.5"))
    let labels = #"job="agente_deposito",tipo="ENTRADA""#
    try await platform.wait(
      for: "deposito_movimientos_total{\(labels),resultado=\"registrado\"}", toBe: 2, within: .seconds(45))
    try await platform.wait(for: "deposito_productos_procesados_total{\(labels)}", toBe: 1_024.5, within: .seconds(5))
    try await platform.wait(for: #"pg_up{job="postgres_exporter"}"#, toBe: 1, within: .seconds(45))
    return product
  }

  /// The three exporters; node-exporter shows each program of the supervisor as a container.
  private func seesServersAndPrograms(_ platform: PlatformUnderTest) async throws {
    try await platform.wait(for: #"redis_up{job="redis_exporter"}"#, toBe: 1, within: .seconds(45))
    try await platform.wait(for: #"up{job="node_exporter"}"#, toBe: 1, within: .seconds(45))
    for name in Topology.Platform.processes.map(\.name) {
      let query = #"count(container_cpu_usage_seconds_total{name="\#(name)"}) >= bool 1"#
      try await platform.wait(for: query, toBe: 1, within: .seconds(45))
    }
    try await seesTheLimits(platform)
    // What asks for no password, or with the exporter's for a key, is sent away.
    let redis = platform.ports[Port.redis.name] ?? 0
    let password = try platform.secret("redis.redis_exporter.password")
    for (user, variables) in [([], [:]), (["--user", "redis_exporter"], ["REDISCLI_AUTH": password])] {
      let answer = try await Subprocess.run(
        ["/usr/bin/redis-cli", "-p", "\(redis)"] + user + ["GET", "clave"],
        environment: variables.merging(["PATH": "/usr/bin:/bin"]) { $1 })
      #expect(answer.standardOutput.contains("NOAUTH") || answer.standardOutput.contains("NOPERM"))
    }
  }

  /// As root each program has a control group with the topology's limits; else there is nobody to make one.
  private func seesTheLimits(_ platform: PlatformUnderTest) async throws {
    guard getuid() == 0 else { return }
    for process in Topology.Platform.processes {
      let labels = #"name="\#(process.name)",id=~"/minimarket-.*""#
      try await platform.wait(
        for: "max(container_spec_memory_limit_bytes{\(labels)})", toBe: Double(process.limits.memoryBytes),
        within: .seconds(45))
      try await platform.wait(
        for: "max(container_spec_cpu_quota{\(labels)} / container_spec_cpu_period{\(labels)})",
        toBe: process.limits.cpuCores, within: .seconds(45))
    }
    #expect(!platform.controlGroups.isEmpty)
  }

  private func changesNothingTheSecondTime(_ platform: PlatformUnderTest) async throws {
    var before: [pid_t] = []
    for process in Topology.Platform.processes { before.append(try await platform.pid(of: process.name)) }
    let start = ContinuousClock.now
    let again = try await platform.up()
    #expect(again.status == 0, "\(again.standardOutput)\(again.standardError)")
    // The bar of five seconds is for release binaries on an idle machine; tests share theirs.
    #expect(start.duration(to: .now) < .seconds(30))
    var after: [pid_t] = []
    for process in Topology.Platform.processes { after.append(try await platform.pid(of: process.name)) }
    #expect(before == after)
    #expect(try await platform.deploy(["--status"]).status == 0)
  }

  /// 200 concurrent movements, and a SIGKILL in the middle: what was acknowledged is there once, and the books balance.
  private func losesNothingToAKill(_ platform: PlatformUnderTest, _ client: HTTPClient, _ product: Int) async throws {
    let victim = try await platform.pid(of: Topology.Platform.deposito.name)
    let acknowledged = try await withThrowingTaskGroup(of: Int?.self) { group in
      for number in 0..<200 {
        let kind = number % 2 == 0 ? "ENTRADA" : "SALIDA"
        group.addTask {
          let answer = try? await client.send(
            "POST", "/api/deposito/api/v1/stock/movement",
            json: #"{"producto_id":\#(product),"tipo_movimiento":"\#(kind)","cantidad":1,"motivo":"prueba"}"#)
          return answer?.status == 200 ? answer?.json["movimiento_id"]?.int : nil
        }
      }
      var identifiers: [Int] = []
      var answered = 0
      for try await identifier in group {
        answered += 1
        if answered == 40 { kill(victim, SIGKILL) }
        if let identifier { identifiers.append(identifier) }
      }
      return identifiers
    }
    // Both sides of the kill were reached: some were acknowledged, some were not.
    #expect((40..<200).contains(acknowledged.count))
    #expect(Set(acknowledged).count == acknowledged.count)
    let list = acknowledged.map(String.init).joined(separator: ",")
    #expect(
      try await platform.psql("SELECT count(*) FROM deposito.movimientos WHERE id IN (\(list))")
        == "\(acknowledged.count)")
    let unbalanced = try await platform.psql(
      """
      SELECT count(*) FROM deposito.productos p WHERE stock_actual < 0 OR stock_actual <> (
        SELECT coalesce(sum(CASE tipo WHEN 'ENTRADA' THEN cantidad ELSE -cantidad END), 0)
        FROM deposito.movimientos m WHERE m.producto_id = p.id)
      """)
    #expect(unbalanced == "0")
    try await HTTPClient(platform.url(.nginxHTTP)).wait(for: "/health", within: .seconds(30))
    #expect(try await platform.pid(of: Topology.Platform.deposito.name) != victim)
  }

  private func hidesWhatIsInternal(_ platform: PlatformUnderTest) async throws {
    let nginx = HTTPClient(platform.url(.nginxHTTP))
    for path in ["", "/api/deposito"] {
      for metrics in [
        "/metrics", "/%6detrics", "//metrics", "/%2Fmetrics", "/x/..%2Fmetrics", "/metrics/", "/metrics%3Fa",
      ] {
        #expect(try await nginx.send("GET", path + metrics).status == 404, "\(path)\(metrics)")
      }
    }
    for path in ["/api/deposito/openapi.json", "/api/deposito/docs"] {
      #expect(try await nginx.send("GET", path).status == 200, "\(path)")
    }
  }

  /// Each query of each panel finds data, but for those whose service does not exist yet and those that say when a sound
  /// platform has no such series.
  private func answersEveryPanel(_ platform: PlatformUnderTest, _ client: HTTPClient) async throws {
    var open = Dashboards.questions.filter { $0.waitsFor == nil && $0.absentWhile == nil }
    #expect(open.count > 60)
    let prometheus = HTTPClient(platform.url(.prometheus))
    let variables = try await values(of: Dashboards.all.flatMap(\.variables), prometheus)
    let end = ContinuousClock.now + .seconds(120)
    while !open.isEmpty, .now < end {
      _ = try await client.send("GET", "/api/deposito/api/v1/productos")
      var unanswered: [Question] = []
      for question in open {
        let query = try question.query.text(interval: 1.m, range: 1.h, variables: variables)
        let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let answer = try await prometheus.send("GET", "/api/v1/query?query=\(escaped)")
        if answer.json["data"]?["result"]?.array?.isEmpty != false { unanswered.append(question) }
      }
      open = unanswered
    }
    #expect(open.map(\.name) == [])
  }

  /// What a reader who chooses everything chooses: the values that each variable offers, joined as Grafana joins them.
  /// One may narrow the next.
  private func values(of variables: [DashboardVariable], _ prometheus: HTTPClient) async throws -> [String: String] {
    var values: [String: String] = [:]
    for variable in variables where values[variable.name] == nil {
      // Its values come with the service that exports them.
      if variable.source.node.families.allSatisfy({ $0.use == .notYetExported }) { continue }
      let source = try Query(variable.source, legend: "").text(interval: 1.m, range: 1.h, variables: values)
      let query = "group by (\(variable.label.text)) (\(source))"
      let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      let end = ContinuousClock.now + .seconds(45)
      var found: [String] = []
      while found.isEmpty, .now < end {
        let answer = try await prometheus.send("GET", "/api/v1/query?query=\(escaped)")
        found = (answer.json["data"]?["result"]?.array ?? []).compactMap {
          $0["metric"]?[variable.label.text]?.string.map(NSRegularExpression.escapedPattern)
        }
        if found.isEmpty { try await Task.sleep(for: .milliseconds(500)) }
      }
      try #require(!found.isEmpty, "\(variable.name) offers nothing: \(query)")
      // In PromQL's quotes a backslash is written twice.
      values[variable.name] = "(\(found.joined(separator: "|").replacing("\\", with: "\\\\")))"
    }
    return values
  }

  private func tellsSlack(_ platform: PlatformUnderTest, _ slack: WebhookReceiver) async throws {
    try await platform.supervisor("stop", Topology.Platform.deposito.name)
    let text = try await Self.message(
      in: slack, containing: ["CRITICAL", "ServiceDown", "agente_deposito"], within: .seconds(300))
    let runbook = "\(platform.url(.nginxHTTP))/runbooks/#ServiceDown"
    let link = runbook.replacingOccurrences(of: "127.0.0.1", with: "localhost")
    #expect(text.contains("<\(runbook)|") || text.contains("<\(link)|"), "\(text)")
    let page = try await HTTPClient(platform.url(.nginxHTTP)).send("GET", "/runbooks/")
    #expect(page.text.contains(#"id="ServiceDown""#))
    try await platform.supervisor("start", Topology.Platform.deposito.name)
    _ = try await Self.message(in: slack, containing: ["RESUELTA", "ServiceDown"], within: .seconds(180))
  }

  /// The text of the first message that contains all of these; every message on the way must be one that Slack takes.
  private static func message(
    in slack: WebhookReceiver, containing parts: [String], within timeout: Duration
  ) async throws -> String {
    let end = ContinuousClock.now + timeout
    while .now < end {
      for payload in try slack.bodies.map(SlackPayload.init) {
        #expect(payload.problems.isEmpty)
        #expect(payload.channel == "#minimarket-alerts")
        let text = payload.attachments.flatMap { [$0.title, $0.text] }.compactMap { $0 }.joined(separator: "\n")
        if parts.allSatisfy(text.contains) { return text }
      }
      try await Task.sleep(for: .milliseconds(250))
    }
    throw TestSupportError("no message with \(parts) within \(timeout): \(slack.bodies)")
  }
}
