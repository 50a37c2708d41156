import ExporterKit
import SystemBus
import Telemetry
import Testing

@testable import NodeExporter

@Suite("systemd")
struct SystemdTests {
  private func collector(_ arguments: String...) throws -> SystemdCollector {
    try SystemdCollector(FlagValues(arguments, flags: SystemdCollector.flags, environment: [:]))
  }

  @Test("it is off unless it is asked for, and takes the old spellings, but not both")
  func flags() throws {
    #expect(try !collector().isDefault)
    _ = try collector("--collector.systemd.unit-whitelist=ssh.service", "--collector.systemd.unit-blacklist=x")
    #expect(throws: FlagMistake.self) {
      try collector("--collector.systemd.unit-include=a", "--collector.systemd.unit-whitelist=b")
    }
    #expect(throws: FlagMistake.self) { try collector("--collector.systemd.unit-exclude=(") }
  }

  @Test("without the manager's socket the collector fails, and says where")
  func absent() throws {
    let host = try HardwareHost([:])
    do {
      let series = try host.series(of: collector("--collector.systemd.private"))
      #expect(series.contains { $0.hasPrefix("node_systemd_units") })
    } catch let error as BusError {
      #expect(error.subject == "system bus")
    }
  }
}
