import Catalog
import MetricModel
import SystemBus
import Telemetry

/// What is asked of the service manager. The bus itself; in tests, whoever knows the answers.
protocol UnitSource {
  func units() throws(BusError) -> [ServiceUnit]
  func string(_ property: BusProperty) throws(BusError) -> String
  func unsigned32(_ property: BusProperty) throws(BusError) -> UInt32
  func unsigned64(_ property: BusProperty) throws(BusError) -> UInt64
}

extension SystemBus: UnitSource {}

/// Units as series. What a unit does not say (it went away, or an older systemd has no such property) is left out.
struct SystemdUnits {
  struct Detail {
    var hasTasks = false
    var hasRestarts = false
    var hasStartTimes = false
  }

  /// Patterns that match a unit's whole name.
  struct Filter {
    let include: NamePattern
    let exclude: NamePattern

    func allows(_ name: String) -> Bool { include.matches(name) && !exclude.matches(name) }
  }

  private static let states = ["active", "activating", "deactivating", "inactive", "failed"]
  /// SystemState and LastTriggerUSec came with it.
  private static let firstVersionWithState = 212.0

  private let filter: Filter
  private let detail: Detail

  init(_ filter: Filter, _ detail: Detail) {
    self.filter = filter
    self.detail = detail
  }

  func read(_ source: some UnitSource, into batch: inout SampleBatch) throws {
    let text = (try? source.string(.manager("Version"))) ?? ""
    let version = Self.number(ofVersion: text)
    batch.add(Host.Systemd.version, .init(version == nil ? "" : text), version ?? 0)
    let virtualization = try? source.string(.manager("Virtualization"))
    batch.add(Host.Systemd.virtualization, .init(virtualization.map { $0.isEmpty ? "none" : $0 } ?? "unknown"), 1)
    let all = try source.units()
    addSummary(all, to: &batch)
    let hasState = (version ?? 0) >= Self.firstVersionWithState
    for unit in all where unit.loadState == "loaded" && filter.allows(unit.name) {
      addState(unit, source, to: &batch)
      addTimes(unit, hasTriggers: hasState, source, to: &batch)
      addTasks(unit, source, to: &batch)
      addConnections(unit, source, to: &batch)
    }
    guard hasState else { return }
    batch.add(Host.Systemd.systemRunning, try source.string(.manager("SystemState")) == "running" ? 1 : 0)
  }

  /// The first three digits or more, with what stands behind a point: 252.39 of `252.39-1~deb12u2`; nil for none.
  static func number(ofVersion text: String) -> Double? {
    let runs = text.split { !$0.isASCII || !($0.isNumber || $0 == ".") }
    for run in runs {
      let parts = run.split(separator: ".")
      guard let first = parts.firstIndex(where: { $0.utf8.count >= 3 }) else { continue }
      return Double(parts.dropFirst(first).prefix(2).joined(separator: "."))
    }
    return nil
  }

  private func addSummary(_ units: [ServiceUnit], to batch: inout SampleBatch) {
    var counts: [String: Int] = [:]
    for unit in units { counts[unit.activeState, default: 0] += 1 }
    for state in Self.states + counts.keys.filter({ !Self.states.contains($0) }).sorted() {
      batch.add(Host.Systemd.units, .init(state), Double(counts[state] ?? 0))
    }
  }

  private func addState(
    _ unit: ServiceUnit, _ source: some UnitSource, to batch: inout SampleBatch
  ) {
    var type = ""
    if unit.name.hasSuffix(".service") {
      type = (try? source.string(unit.property("Service", "Type"))) ?? ""
    } else if unit.name.hasSuffix(".mount") {
      type = (try? source.string(unit.property("Mount", "Type"))) ?? ""
    }
    for state in Self.states {
      let labels = Host.Systemd.Unit(.init(unit.name), .init(state), .init(type))
      batch.add(Host.Systemd.unitState, labels, state == unit.activeState ? 1 : 0)
    }
    if detail.hasRestarts, unit.name.hasSuffix(".service"),
      let restarts = try? source.unsigned32(unit.property("Service", "NRestarts"))
    {
      batch.add(Host.Systemd.serviceRestarts, .init(unit.name), Double(restarts))
    }
  }

  private func addTimes(
    _ unit: ServiceUnit, hasTriggers: Bool, _ source: some UnitSource,
    to batch: inout SampleBatch
  ) {
    if hasTriggers, unit.name.hasSuffix(".timer"),
      let microseconds = try? source.unsigned64(unit.property("Timer", "LastTriggerUSec"))
    {
      batch.add(Host.Systemd.timerLastTrigger, .init(unit.name), Double(microseconds) / 1e6)
    }
    guard detail.hasStartTimes else { return }
    var start: UInt64? = 0
    if unit.activeState == "active" { start = try? source.unsigned64(unit.property("Unit", "ActiveEnterTimestamp")) }
    if let start { batch.add(Host.Systemd.unitStartTime, .init(unit.name), Double(start) / 1e6) }
  }

  private func addTasks(
    _ unit: ServiceUnit, _ source: some UnitSource, to batch: inout SampleBatch
  ) {
    guard detail.hasTasks, unit.name.hasSuffix(".service") else { return }
    for (property, family) in [("TasksCurrent", Host.Systemd.unitTasks), ("TasksMax", Host.Systemd.unitTasksMaximum)] {
      // The largest number stands for none.
      guard let tasks = try? source.unsigned64(unit.property("Service", property)), tasks != .max else { continue }
      batch.add(family, .init(unit.name), Double(tasks))
    }
  }

  private func addConnections(
    _ unit: ServiceUnit, _ source: some UnitSource, to batch: inout SampleBatch
  ) {
    guard unit.name.hasSuffix(".socket"),
      let accepted = try? source.unsigned32(unit.property("Socket", "NAccepted"))
    else { return }
    batch.add(Host.Systemd.socketAccepted, .init(unit.name), Double(accepted))
    guard let current = try? source.unsigned32(unit.property("Socket", "NConnections")) else { return }
    batch.add(Host.Systemd.socketConnections, .init(unit.name), Double(current))
    guard let refused = try? source.unsigned32(unit.property("Socket", "NRefused")) else { return }
    batch.add(Host.Systemd.socketRefused, .init(unit.name), Double(refused))
  }
}
