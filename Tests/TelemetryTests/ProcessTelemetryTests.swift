import Catalog
import Foundation
import Logging
import MetricModel
import ProcessTelemetry
import Settings
import Telemetry
import TestSupport
import Testing
import Topology

/// Taking over swift-log is done once a process, hence each in a process of its own, which prints its log lines
/// and then its page.
@Suite("Process telemetry", .timeLimit(.minutes(2)))
struct ProcessTelemetryTests {
  /// What the process wrote: lines of JSON, then samples by series.
  private static func split(_ output: [UInt8]) throws -> (log: [[String: Any]], samples: [String: String]) {
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    let log = try lines.filter { $0.hasPrefix("{\"time\"") }.map { try [String: Any](json: $0) }
    let samples = lines.filter { !$0.hasPrefix("{") && !$0.hasPrefix("#") }.compactMap { line in
      line.lastIndex(of: " ").map { (String(line[..<$0]), String(line[$0...].dropFirst())) }
    }
    return (log, Dictionary(samples, uniquingKeysWith: { "\($0) and \($1)" }))
  }

  private static func printPage(of telemetry: ProcessTelemetry) {
    print(String(decoding: telemetry.registry.expose(.text), as: UTF8.self))
    fflush(nil)
  }

  @Test("a process logs to its output and its file, counts what it logs, and says what it is")
  func whole() async throws {
    let result = try #require(
      await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        let directory = try TemporaryDirectory("telemetry")
        let settings = Settings(
          environment: ["LOG_LEVEL": "notice", "LOG_DIRECTORY": directory.path, "REVISION": "abc123"])
        let telemetry = try ProcessTelemetry(process: Platform.postgresExporter, settings: settings)
        telemetry.logger.warning("uno")
        Logger(label: "another").notice("dos")
        telemetry.logger.info("below the level")
        telemetry.close()
        let file = try String(contentsOfFile: directory.file("postgres-exporter.log"), encoding: .utf8)
        print("file_lines \(file.split(separator: "\n").count)")
        // The kernel counts processor time in ticks of 10 ms: less than one would read as none.
        while clock() < 3 * CLOCKS_PER_SEC / 100 {}
        Self.printPage(of: telemetry)
        exit(0)
      })
    let (log, samples) = try Self.split(result.standardOutputContent)
    #expect(log.map { $0["message"] as? String } == ["uno", "dos"])
    #expect(log.map { $0["logger"] as? String } == ["postgres-exporter", "another"])
    #expect(log.allSatisfy { $0["service"] as? String == "postgres_exporter" })
    #expect(samples["file_lines"] == "2")
    #expect(samples["log_messages_total{level=\"warning\"}"] == "1")
    #expect(samples["log_messages_total{level=\"notice\"}"] == "1")
    #expect(samples["log_messages_total{level=\"info\"}"] == "0")
    #expect(samples["telemetry_dropped_total{sink=\"file\",reason=\"write\"}"] == "0")
    let build = "version=\"\(Release.version)\",revision=\"abc123\",swift_version=\"\(Release.swiftVersion)\""
    #expect(samples["postgres_exporter_build_info{\(build)}"] == "1")
    for family in Process.all where family.name.hasPrefix("process_") {
      let value = try #require(samples[family.name].flatMap(Double.init), "\(family.name)")
      #expect(value > 0, "\(family.name)")
    }
  }

  @Test("a log directory that is not there costs the file's lines alone, and they are counted")
  func noDirectory() async throws {
    let result = try #require(
      await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        let settings = Settings(environment: ["LOG_DIRECTORY": "/proc/none"])
        let telemetry = try ProcessTelemetry(process: Platform.deposito, settings: settings)
        for _ in 0..<3 { telemetry.logger.error("m") }
        telemetry.close()
        Self.printPage(of: telemetry)
        exit(0)
      })
    let (log, samples) = try Self.split(result.standardOutputContent)
    #expect(log.count == 3)
    #expect(samples["log_messages_total{level=\"error\"}"] == "3")
    #expect(samples["telemetry_dropped_total{sink=\"file\",reason=\"write\"}"] == "3")
    #expect(samples["telemetry_dropped_total{sink=\"stdout\",reason=\"write\"}"] == "0")
    #expect(samples.keys.contains { $0.hasPrefix("agente_deposito_build_info") })
  }

  @Test("a mistake in metrics is logged and counted, once")
  func conflict() async throws {
    let result = try #require(
      await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        let telemetry = try ProcessTelemetry(process: Platform.deposito, settings: Settings(environment: [:]))
        for _ in 0..<3 { _ = telemetry.registry.gauge(Family<Gauge, NoLabels>("log_messages_total", "Another.")) }
        telemetry.close()
        Self.printPage(of: telemetry)
        exit(0)
      })
    let (log, samples) = try Self.split(result.standardOutputContent)
    #expect(log.map { $0["level"] as? String } == ["error"])
    #expect((log.first?["problem"] as? String)?.contains("log_messages_total") == true)
    #expect(samples["telemetry_dropped_total{sink=\"metrics\",reason=\"conflict\"}"] == "1")
  }

  @Test("a level that does not exist is refused before anything is taken over")
  func level() throws {
    let error = try #require(throws: SettingsError.self) {
      try ProcessTelemetry(process: Platform.deposito, settings: Settings(environment: ["LOG_LEVEL": "loud"]))
    }
    #expect(error.variable == "LOG_LEVEL")
    #expect(error.description.contains("loud"))
  }
}
