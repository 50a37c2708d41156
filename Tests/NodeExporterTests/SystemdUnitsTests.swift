import ExporterKit
import Glibc
import SystemBus
import Telemetry
import Testing

@testable import NodeExporter

/// Answers without a bus; whatever it does not know it refuses.
struct FakeUnits: UnitSource {
  var all: [ServiceUnit] = []
  var texts = ["Version": "252 (252.39-1~deb12u2)", "Virtualization": "kvm", "SystemState": "running"]
  var numbers: [String: UInt64] = [:]

  func units() throws(BusError) -> [ServiceUnit] { all }

  func string(_ property: BusProperty) throws(BusError) -> String {
    guard let text = texts[key(property)] else { throw BusError(property.name, 0 &- ENOENT) }
    return text
  }

  func unsigned32(_ property: BusProperty) throws(BusError) -> UInt32 {
    UInt32(truncatingIfNeeded: try unsigned64(property))
  }

  func unsigned64(_ property: BusProperty) throws(BusError) -> UInt64 {
    guard let number = numbers[key(property)] else { throw BusError(property.name, 0 &- ENOENT) }
    return number
  }

  private func key(_ property: BusProperty) -> String {
    property.path == "/org/freedesktop/systemd1" ? property.name : "\(property.path) \(property.name)"
  }
}

@Suite("Units of systemd")
struct SystemdUnitsTests {
  private static let source = FakeUnits(
    all: [
      ServiceUnit(name: "ssh.service", loadState: "loaded", activeState: "active", path: "ssh"),
      ServiceUnit(name: "ssh.socket", loadState: "loaded", activeState: "inactive", path: "socket"),
      ServiceUnit(name: "apt.timer", loadState: "loaded", activeState: "failed", path: "apt"),
      ServiceUnit(name: "gone.service", loadState: "not-found", activeState: "inactive", path: "gone"),
      ServiceUnit(name: "dev-sda.device", loadState: "loaded", activeState: "maintenance", path: "sda"),
    ],
    texts: [
      "Version": "252 (252.39-1~deb12u2)", "Virtualization": "", "SystemState": "degraded", "ssh Type": "notify",
    ],
    numbers: [
      "apt LastTriggerUSec": 1_700_000_000_500_000, "socket NAccepted": 7, "socket NConnections": 2,
      "ssh NRestarts": 3, "ssh TasksCurrent": 5, "ssh TasksMax": .max,
      "ssh ActiveEnterTimestamp": 1_600_000_000_000_000,
    ])

  private func series(
    _ source: FakeUnits = source, _ detail: SystemdUnits.Detail = .init(), exclude: String = #".+\.device"#
  ) throws -> [String] {
    let flag = Flag("collector.systemd.x", .value, "x")
    let filter = SystemdUnits.Filter(
      include: try NamePattern("^(?:.+)$", of: flag), exclude: try NamePattern("^(?:\(exclude))$", of: flag))
    var batch = SampleBatch()
    try SystemdUnits(filter, detail).read(source, into: &batch)
    return String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map(String.init)
  }

  @Test("states, a summary of all, and what timers and sockets count")
  func usual() throws {
    let series = Set(try series())
    for expected in [
      "node_systemd_version{version=\"252 (252.39-1~deb12u2)\"} 252",
      "node_systemd_virtualization_info{virtualization_type=\"none\"} 1", "node_systemd_system_running 0",
      "node_systemd_units{state=\"inactive\"} 2", "node_systemd_units{state=\"activating\"} 0",
      "node_systemd_units{state=\"maintenance\"} 1",
      "node_systemd_unit_state{name=\"ssh.service\",state=\"active\",type=\"notify\"} 1",
      "node_systemd_unit_state{name=\"ssh.service\",state=\"failed\",type=\"notify\"} 0",
      "node_systemd_unit_state{name=\"apt.timer\",state=\"failed\",type=\"\"} 1",
      "node_systemd_timer_last_trigger_seconds{name=\"apt.timer\"} 1700000000.5",
      "node_systemd_socket_accepted_connections_total{name=\"ssh.socket\"} 7",
      "node_systemd_socket_current_connections{name=\"ssh.socket\"} 2",
    ] {
      #expect(series.contains(expected), "\(expected)")
    }
    // Three units of five states; version, virtualization, running; six states; one timer; two numbers of a socket.
    #expect(series.count == 15 + 3 + 6 + 1 + 2)
  }

  @Test("details that flags ask for; the largest number of tasks stands for none")
  func details() throws {
    let all = SystemdUnits.Detail(hasTasks: true, hasRestarts: true, hasStartTimes: true)
    let series = Set(try series(Self.source, all)).subtracting(try series())
    #expect(
      series == [
        "node_systemd_service_restart_total{name=\"ssh.service\"} 3",
        "node_systemd_unit_tasks_current{name=\"ssh.service\"} 5",
        "node_systemd_unit_start_time_seconds{name=\"ssh.service\"} 1600000000",
        "node_systemd_unit_start_time_seconds{name=\"ssh.socket\"} 0",
        "node_systemd_unit_start_time_seconds{name=\"apt.timer\"} 0",
      ])
  }

  @Test("a manager that is too old to say has no state, and one that says nothing no version")
  func old() throws {
    var source = Self.source
    source.texts["Version"] = "204"
    let old = try series(source)
    #expect(!old.contains { $0.hasPrefix("node_systemd_system_running") || $0.contains("last_trigger") })
    source.texts = [:]
    let silent = try series(source)
    #expect(silent.contains("node_systemd_version{version=\"\"} 0"))
    #expect(silent.contains("node_systemd_virtualization_info{virtualization_type=\"unknown\"} 1"))
  }

  @Test(
    "versions",
    arguments: [
      ("252 (252.39-1~deb12u2)", 252), ("v255.4", 255.4), ("systemd 99", nil), ("", nil),
      ("249.11-0ubuntu3.12", 249.11),
      ("257.1.2", 257.1),
    ] as [(String, Double?)])
  func versions(text: String, number: Double?) { #expect(SystemdUnits.number(ofVersion: text) == number) }
}
