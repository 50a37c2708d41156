import Foundation
import Render
import TestSupport
import Testing
import Topology

/// supervisord's listener that counts restarts: spoken to as supervisord speaks, and under a real one.
struct RestartCounterTests {
  private let directory: TemporaryDirectory
  private var file: String { directory.file("process_restarts.prom") }

  init() throws { directory = try TemporaryDirectory("restarts") }

  /// The listener's life with this on its standard input.
  private func listen(_ input: String, file: String? = nil) async throws -> Subprocess.Output {
    try await Subprocess.run(
      [try Binaries.path(of: "observability"), "count-restarts", "--file", file ?? self.file, "postgres", "nginx"],
      input: input)
  }

  private func event(_ program: String, from state: String, name: String = "PROCESS_STATE_STARTING") -> String {
    let payload = "processname:\(program) groupname:\(program) from_state:\(state) tries:1"
    return "ver:3.0 server:supervisor serial:7 pool:restart-counter poolserial:7 eventname:\(name) "
      + "len:\(payload.utf8.count)\n\(payload)"
  }

  /// What the file says of a program.
  private func count(of program: String, in path: String? = nil) throws -> Int? {
    let text = try String(contentsOfFile: path ?? file, encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix("process_restarts_total{name=\"\(program)\"} ") }
    return line?.split(separator: " ").last.flatMap { Int($0) }
  }

  @Test func everyProgramIsThereFromTheStart() async throws {
    let output = try await listen("")
    #expect(output.status == 0 && output.standardOutput == "READY\n" && output.standardError == "")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines.first?.hasPrefix("# HELP process_restarts_total ") == true)
    #expect(
      lines.dropFirst() == [
        "# TYPE process_restarts_total counter", "process_restarts_total{name=\"postgres\"} 0",
        "process_restarts_total{name=\"nginx\"} 0",
      ])
    try await Subprocess.check(["/usr/bin/promtool", "check", "metrics"], input: text)
  }

  @Test func aStartThatNobodyAskedForCounts() async throws {
    let output = try await listen(
      event("postgres", from: "EXITED") + event("postgres", from: "BACKOFF") + event("postgres", from: "STOPPED")
        + event("postgres", from: "FATAL") + event("nginx", from: "EXITED", name: "PROCESS_STATE_RUNNING")
        + event("log-cleaner", from: "EXITED") + event("", from: ""))
    #expect(output.status == 0)
    #expect(output.standardOutput == String(repeating: "READY\nRESULT 2\nOK", count: 7) + "READY\n")
    #expect(try count(of: "postgres") == 2)
    #expect(try count(of: "nginx") == 0)
    #expect(try count(of: "log-cleaner") == nil)
  }

  @Test func itGoesOnFromWhatItWrote() async throws {
    _ = try await listen(event("nginx", from: "EXITED"))
    _ = try await listen(event("nginx", from: "BACKOFF"))
    #expect(try count(of: "nginx") == 2)
  }

  @Test(arguments: ["-3", "x", "", "99999999999999999999", "18014398509481984"])
  func aDamagedFileStartsFromZero(_ number: String) async throws {
    _ = try directory.write("process_restarts_total{name=\"nginx\"} \(number)\n\u{0}\u{7}", to: "process_restarts.prom")
    _ = try await listen("")
    #expect(try count(of: "nginx") == 0)
  }

  @Test(arguments: [
    "garbage\n", "\n", "eventname:TICK_60 len:-1\n", "eventname:TICK_60 len:70000\n", "eventname:TICK_60\n",
    String(repeating: "x", count: 2_000),
  ])
  func aHeaderThatIsNoneEndsItWithAReason(_ header: String) async throws {
    let output = try await listen(header)
    #expect(output.status != 0 && output.standardError.contains("header"))
    #expect(output.standardOutput == "READY\n")
  }

  @Test func anEndInTheMiddleEndsIt() async throws {
    for length in [5, 60, 120] {
      let output = try await listen(String(event("nginx", from: "EXITED").prefix(length)))
      #expect(output.status == 0 && output.standardOutput == "READY\n")
    }
    #expect(try count(of: "nginx") == 0)
  }

  @Test func aFullDiskIsSaidOnceAndHarmsNothing() async throws {
    // Nothing can be created below a file.
    let place = try directory.write("", to: "full") + "/restarts.prom"
    let output = try await listen(event("nginx", from: "EXITED") + event("nginx", from: "EXITED"), file: place)
    #expect(output.status == 0)
    #expect(output.standardOutput == "READY\nRESULT 2\nOKREADY\nRESULT 2\nOKREADY\n")
    #expect(output.standardError.split(separator: "\n").count == 1)
    #expect(output.standardError.contains("cannot write \(place): Not a directory"))
  }

  /// The section that `render-local` writes, under Debian's supervisord: one program that never comes up, one that ends
  /// after it ran, one that lives.
  @Test func supervisordTellsItOfACrashLoop() async throws {
    for folder in ["bin", "textfile", "logs/supervisor", "run"] { try directory.makeDirectory(folder) }
    try FileManager.default.createSymbolicLink(
      atPath: directory.file("bin/observability"), withDestinationPath: try Binaries.path(of: "observability"))
    let layout = LocalLayout(
      stateDirectory: directory.path, socketDirectory: directory.path, serviceUser: nil, databaseUser: "ana")
    let engine = LocalEngine(
      stack: Stack(engine: .local, stateDirectory: directory.path), layout: layout, values: [:],
      hasExternalDatabase: false, monitoring: [])
    let rendered = try #require(try engine.files().first { $0.path == "supervisord.conf" }).contents
    let section = try #require(rendered.firstRange(of: "[eventlistener:"))
    func program(_ name: String, _ script: String) -> String {
      "[program:\(name)]\ncommand=/bin/sh -c \"\(script)\"\nautorestart=true\nstartretries=99\nstartsecs=1\n\n"
    }
    let configuration = try directory.write(
      "[supervisord]\nlogfile=\(directory.file("supervisord.log"))\npidfile=\(directory.file("run/supervisord.pid"))\n\n"
        + program("agente-deposito", "exit 3") + program("nginx", "sleep 1.5") + program("redis", "exec sleep 60")
        + rendered[section.lowerBound...], to: "supervisord.conf")
    let server = try await ServerProcess(
      "supervisord", ["/usr/bin/supervisord", "-n", "-c", configuration], in: directory)
    let file = directory.file("textfile/process_restarts.prom")
    // The third start from BACKOFF comes after 1 + 2 + 3 seconds.
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end, server.isRunning {
      if let crashes = try? count(of: "agente-deposito", in: file), crashes >= 3,
        let ends = try? count(of: "nginx", in: file), ends >= 1
      {
        break
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    #expect(try #require(try count(of: "agente-deposito", in: file)) >= 3)
    #expect(try #require(try count(of: "nginx", in: file)) >= 1)
    #expect(try count(of: "redis", in: file) == 0)
    #expect(try count(of: "postgres", in: file) == 0)
    server.signal(SIGTERM)
    #expect(try await server.status(within: .seconds(20)) == 0)
  }
}
