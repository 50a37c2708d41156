import Alerts
import Foundation
import Render
import Runbooks
import TestSupport
import Testing
import Topology

/// The runbook for dashboards that fail: its commands say something else with the fault than without it.
struct TroubleshootingTests {
  /// A command of the book as its reader runs it.
  private func output(of command: Command, port: Int) async throws -> String {
    let stack = Stack(engine: .local, ports: [Port.prometheus.name: port], stateDirectory: "/state")
    return try await Subprocess.run(["/bin/bash", "-c", try command.text(on: stack)]).standardOutput
  }

  /// Of those that name Prometheus alone.
  private var diagnoses: [(trouble: String, diagnosis: Diagnosis)] {
    Troubles.all.flatMap { trouble in trouble.diagnosis.map { (trouble.anchor, $0) } }.filter {
      switch $0.1.command {
      case .instantQuery: true
      case .status(let process, _): process.name == Platform.prometheus.name
      default: false
      }
    }
  }

  private static func rules(every interval: String) -> String {
    "groups: [{name: g, interval: \(interval), rules: [{record: 'job:x:y', expr: vector(1)}]}]\n"
  }

  private func job(_ name: String, _ target: String, page: String, _ more: String = "") -> String {
    "- {job_name: \(name), metrics_path: /\(page), \(more)static_configs: [{targets: ['\(target)']}]}\n"
  }

  /// A platform in order, and one with every fault that a query of the book asks about; a third has no configuration at
  /// all, and at a fourth port nobody answers.
  @Test func everyQuestionTellsTheFaultFromItsAbsence() async throws {
    let now = Date().timeIntervalSince1970
    let pages = try await ScrapeTarget([
      "sound": "http_requests_total 1\nnode_time_seconds \(now)\n",
      // An hour behind.
      "broken": "node_time_seconds \(now - 3600)\n" + ScrapeTarget.page(samples: 100_001),
    ])
    // A clock that goes.
    let clock = Task {
      while !Task.isCancelled {
        let page = "http_requests_total 1\nnode_time_seconds \(Date().timeIntervalSince1970)\n"
        try pages.answer(page, under: "sound")
        try await Task.sleep(for: .milliseconds(500))
      }
    }
    defer { clock.cancel() }
    let hole = try FreePorts.blackHole()
    let (soundPort, brokenPort) = (try FreePorts.next(), try FreePorts.next())
    let sound = try await Prometheus(
      port: soundPort, rules: Self.rules(every: "1s"),
      scrapes: job("prometheus", "127.0.0.1:\(soundPort)", page: "metrics") + job("pages", pages.target, page: "sound"))
    let broken = try await Prometheus(
      port: brokenPort, rules: Self.rules(every: "1h"),
      scrapes: job("prometheus", "127.0.0.1:\(brokenPort)", page: "metrics")
        + job("pages", pages.target, page: "broken")
        + job("limited", pages.target, page: "broken", "sample_limit: 10, ")
        + job("slow", "127.0.0.1:\(hole.port)", page: "metrics", "scrape_interval: 7s, scrape_timeout: 6s, "))
    let empty = try await Prometheus(port: try FreePorts.next(), rules: nil, scrapes: "")
    let faulty = [broken.port, empty.port, try FreePorts.next()]

    let end = ContinuousClock.now + .seconds(40)
    for (trouble, diagnosis) in diagnoses {
      var (isQuiet, isSeen) = (false, false)
      repeat {
        isQuiet = !diagnosis.fault.holds(in: try await output(of: diagnosis.command, port: sound.port))
        isSeen = false
        for port in faulty where !isSeen {
          let output = try await output(of: diagnosis.command, port: port)
          isSeen = diagnosis.fault.holds(in: output)
        }
        if isQuiet && isSeen { break }
        try await Task.sleep(for: .milliseconds(300))
      } while .now < end
      #expect(isQuiet, "\(trouble): \(diagnosis.question) without the fault")
      #expect(isSeen, "\(trouble): \(diagnosis.question) with the fault")
    }
    #expect(diagnoses.count >= 10)
    try await verifyAnswers(on: sound.port)
    for server in [sound, broken, empty] { try await server.process.stop() }
    withExtendedLifetime((pages, hole)) {}
  }

  /// What the book calls the end of the trouble is what a sound platform answers.
  private func verifyAnswers(on port: Int) async throws {
    for step in Troubles.all.flatMap(\.verify) {
      switch step.command {
      case .instantQuery: #expect(try await output(of: try #require(step.command), port: port).contains("\"value\""))
      case .status(let process, _) where process.name == Platform.prometheus.name:
        #expect(try await output(of: try #require(step.command), port: port) == "200\n")
      default: break
      }
    }
  }

  /// On a port that its own configuration names.
  private struct Prometheus {
    let port: Int
    let directory: TemporaryDirectory
    let process: ServerProcess

    init(port: Int, rules: String?, scrapes: String) async throws {
      (self.port, directory) = (port, try TemporaryDirectory("troubles"))
      if let rules { _ = try directory.write(rules, to: "rules.yml") }
      let configuration = try directory.write(
        "global: {scrape_interval: 1s, scrape_timeout: 1s}\nrule_files: [rules.yml]\nscrape_configs:\n" + scrapes,
        to: "prometheus.yml")
      process = try await ServerProcess(
        "prometheus",
        [
          PrometheusServer.executable, "--config.file=\(configuration)",
          "--storage.tsdb.path=\(directory.file("data"))", "--web.listen-address=127.0.0.1:\(port)",
        ], in: directory, unprivileged: true)
      try await HTTPClient("http://127.0.0.1:\(port)").wait(for: "/-/ready")
    }
  }

  private var committed: String {
    get throws {
      let path = "observability/runbooks/DASHBOARD_TROUBLESHOOTING.md"
      return try #require(try Committed.files().first { $0.path == path }).contents
    }
  }

  /// The guide's five, in its order and words.
  @Test func theGuidesFiveProblemsAreThere() throws {
    let titles = try committed.matches(of: /\n## (.+)\n/).map { String($0.1) }
    #expect(
      titles == [
        "Dashboard no muestra datos", "Queries muy lentas", "Grafana no carga", "Datasource no conecta",
        "Métricas desactualizadas",
      ])
    for part in ["Síntomas", "Diagnóstico", "Solución", "Verificación"] {
      #expect(try committed.ranges(of: "\n### \(part)\n").count == 5)
    }
  }

  @Test func theTwoBooksLeadToEachOther() throws {
    let files = try LocalRendering(MonitoringSecrets()).files
    let alerts = try #require(files.first { $0.path == "www/runbooks/index.html" }).contents
    let dashboards = try #require(files.first { $0.path == "www/runbooks/tableros.html" }).contents
    #expect(alerts.contains("<a href=\"tableros.html\">Cuando fallan los tableros</a>"))
    #expect(dashboards.contains("<a href=\"index.html\">Responder a las alertas</a>"))
    #expect(dashboards.contains("<section id=\"sin-datos\">\n<h2>Dashboard no muestra datos</h2>"))
    #expect(dashboards.contains("http://127.0.0.1:19090/-/ready"))
    #expect(try committed.contains("(RESPONDING_TO_ALERTS.md)"))
    let book = try #require(
      try Committed.files().first { $0.path == "observability/runbooks/RESPONDING_TO_ALERTS.md" })
    #expect(book.contents.contains("(DASHBOARD_TROUBLESHOOTING.md)"))
  }

  @Test func theShellReadsEveryCommand() async throws {
    for trouble in Troubles.all {
      let commands = trouble.diagnosis.map(\.command) + (trouble.fix + trouble.verify).compactMap(\.command)
      for command in commands {
        let text = try command.text(on: .committed)
        try await Subprocess.check(["/bin/bash", "-n", "-c", text])
        #expect(!text.contains("\n"))
      }
    }
  }
}
