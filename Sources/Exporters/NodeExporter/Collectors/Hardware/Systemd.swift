import Catalog
import ExporterKit
import MetricModel
import SystemBus
import Telemetry

/// `node_systemd_*`: the units that the service manager has loaded, over D-Bus (org.freedesktop.systemd1(5)). One call
/// for all states, and one for each service's type and each timer's and socket's numbers: some 60 µs each.
struct SystemdCollector: NodeCollector {
  let name = "systemd"
  let isDefault = false
  let help = "Unidades de systemd y su estado."

  private static let unitInclude = Flag(
    "collector.systemd.unit-include", placeholder: "REGEX", default: ".+",
    "Unidades que se miran: las que cumplen ésta entera y no unit-exclude.")
  private static let unitExclude = Flag(
    "collector.systemd.unit-exclude", placeholder: "REGEX", default: #".+\.(automount|device|mount|scope|slice)"#,
    "Unidades que no se miran: las que cumplen ésta entera.")
  private static let oldInclude = Flag(
    "collector.systemd.unit-whitelist", placeholder: "REGEX", "En desuso: use collector.systemd.unit-include.")
  private static let oldExclude = Flag(
    "collector.systemd.unit-blacklist", placeholder: "REGEX", "En desuso: use collector.systemd.unit-exclude.")
  private static let isPrivate = Flag(
    "collector.systemd.private", .toggle, "Habla con systemd por su propio socket, sin D-Bus; necesita ser root.")
  private static let enableTasks = Flag(
    "collector.systemd.enable-task-metrics", .toggle, "Exporta las tareas de cada servicio.")
  private static let enableRestarts = Flag(
    "collector.systemd.enable-restarts-metrics", .toggle, "Exporta los reinicios de cada servicio.")
  private static let enableStartTimes = Flag(
    "collector.systemd.enable-start-time-metrics", .toggle, "Exporta desde cuándo está activa cada unidad.")
  static let flags = [
    unitInclude, unitExclude, oldInclude, oldExclude, isPrivate, enableTasks, enableRestarts, enableStartTimes,
  ]

  /// Less than the collector's own limit, so that nothing is left behind in a call.
  private static let callsSeconds = 4

  private let filter: SystemdUnits.Filter
  private let address: SystemBus.Address
  private let detail: SystemdUnits.Detail

  init(_ flags: FlagValues) throws {
    let include = try Self.either(flags, Self.unitInclude, Self.oldInclude)
    let exclude = try Self.either(flags, Self.unitExclude, Self.oldExclude)
    filter = SystemdUnits.Filter(
      include: try NamePattern("^(?:\(flags.text(include) ?? ""))$", of: include),
      exclude: try NamePattern("^(?:\(flags.text(exclude) ?? ""))$", of: exclude))
    address = flags.isOn(Self.isPrivate) ? .manager : .system
    detail = SystemdUnits.Detail(
      hasTasks: flags.isOn(Self.enableTasks), hasRestarts: flags.isOn(Self.enableRestarts),
      hasStartTimes: flags.isOn(Self.enableStartTimes))
  }

  private static func either(_ flags: FlagValues, _ new: Flag, _ old: Flag) throws -> Flag {
    guard flags.text(old) != nil else { return new }
    guard !flags.isGiven(new) else { throw FlagMistake("--\(new.name) y --\(old.name) se excluyen: use la primera") }
    return old
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try SystemdUnits(filter, detail).read(SystemBus(address, limit: .seconds(Self.callsSeconds)), into: &batch)
  }
}
