import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_ethtool_*` and what interfaces can do (`node_network_supported_speed_bytes`, …): four questions to the driver
/// of each interface (linux/ethtool.h). A driver may take the lock of the whole network for its answer.
struct EthtoolCollector: NodeCollector {
  let name = "ethtool"
  let isDefault = false
  let help = "Estadísticas y enlace de las interfaces de red, según sus controladores."

  private static let deviceInclude = Flag(
    "collector.ethtool.device-include", placeholder: "REGEX", "Interfaces que se miran; se excluye con device-exclude.")
  private static let deviceExclude = Flag(
    "collector.ethtool.device-exclude", placeholder: "REGEX",
    "Interfaces que no se miran; se excluye con device-include.")
  private static let metricsInclude = Flag(
    "collector.ethtool.metrics-include", placeholder: "REGEX", default: ".*", "Estadísticas que se exportan.")
  static let flags = [deviceInclude, deviceExclude, metricsInclude]

  private let devices: NameFilter
  private let statistics: NameFilter

  init(_ flags: FlagValues) throws {
    devices = try NameFilter(flags, include: Self.deviceInclude, exclude: Self.deviceExclude)
    let isAll = flags.text(Self.metricsInclude) == Self.metricsInclude.defaultValue
    statistics = try NameFilter(flags, include: isAll ? nil : Self.metricsInclude, exclude: nil)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.sys("class/net")
    guard let directory = try? SysfsDirectory(path, of: host) else { throw NothingToRead(path) }
    let query = try EthtoolQuery(host)
    for name in try directory.names() where devices.allows(name) && directory.has("\(name)/ifindex") {
      add(query.device(name), name, to: &batch)
    }
  }

  func add(_ device: EthtoolDevice, _ name: String, to batch: inout SampleBatch) {
    if let settings = device.settings { add(settings, name, to: &batch) }
    if let driver = device.driver {
      let labels = Host.Ethtool.InfoLabels(
        busInfo: driver.busInfo, device: name, driver: driver.name, expansionROMVersion: driver.expansionROMVersion,
        firmwareVersion: driver.firmwareVersion, version: driver.version)
      batch.add(Host.Ethtool.info, labels, 1)
    }
    // Names that become the same are all left out, as by the standard exporter.
    var named: [(statistic: String, name: String, value: UInt64)] = []
    var count: [String: Int] = [:]
    for (text, value) in device.statistics {
      let statistic = MetricName.sanitized(text)
      guard statistics.allows(statistic) else { continue }
      let name = Self.name(of: statistic)
      count[name, default: 0] += 1
      named.append((statistic, name, value))
    }
    for (statistic, statisticName, value) in named where count[statisticName] == 1 && !statisticName.isEmpty {
      batch.add(
        Host.Ethtool.family(of: statistic, name: statisticName), labelValues: [name], Double(value))
    }
  }

  private func add(_ settings: EthtoolSettings, _ name: String, to batch: inout SampleBatch) {
    let device = Host.Ethtool.Device(name)
    func add(_ family: Family<Gauge, Host.Ethtool.Device>, _ isOn: Bool) { batch.add(family, device, isOn ? 1 : 0) }
    for mode in EthtoolSettings.modes {
      let labels = Host.Ethtool.ModeLabels(name, duplex: mode.duplex, mode: "\(mode.megabits)base\(mode.medium)")
      let bytes = Double(mode.megabits) * 125_000
      if settings.supported.has(mode.bit) { batch.add(Host.Ethtool.supportedSpeed, labels, bytes) }
      if settings.advertised.has(mode.bit) { batch.add(Host.Ethtool.advertisedSpeed, labels, bytes) }
    }
    for port in EthtoolSettings.ports where settings.supported.has(port.bit) {
      batch.add(Host.Ethtool.supportedPort, .init(device, .init(port.name)), 1)
    }
    add(Host.Ethtool.supportsAutonegotiation, settings.supported.has(EthtoolSettings.autonegotiation))
    add(Host.Ethtool.supportsPause, settings.supported.has(EthtoolSettings.pause))
    add(Host.Ethtool.supportsAsymmetricPause, settings.supported.has(EthtoolSettings.asymmetricPause))
    add(Host.Ethtool.advertisesAutonegotiation, settings.advertised.has(EthtoolSettings.autonegotiation))
    add(Host.Ethtool.advertisesPause, settings.advertised.has(EthtoolSettings.pause))
    add(Host.Ethtool.advertisesAsymmetricPause, settings.advertised.has(EthtoolSettings.asymmetricPause))
    batch.add(Host.Ethtool.autonegotiates, device, Double(settings.autonegotiation))
  }

  /// In lower case, `rx` and `tx` as words. Of two in a row only the first is replaced: the underscore between them is
  /// part of it.
  static func name(of statistic: String) -> String {
    let words = statistic.lowercased().drop { $0 == "_" }.split(separator: "_", omittingEmptySubsequences: false)
    var name: [Substring] = []
    var last: [Substring: Int] = [:]
    for (index, word) in words.enumerated() {
      let isFree = last[word] != index - 1
      if word == "rx" || word == "tx", isFree { last[word] = index }
      name.append(word == "rx" && isFree ? "received" : word == "tx" && isFree ? "transmitted" : word)
    }
    return name.joined(separator: "_")
  }
}
