import ExporterKit
import Logging
import Topology

/// The exporter of the host's metrics, as ExporterServer runs it.
package struct NodeExporterApplication: ExporterApplication {
  package let process = Platform.nodeExporter
  package let summary = "exporta métricas de la máquina a Prometheus, como node_exporter."
  package let flags = PathFlags.all + AbsentCollectors.flags + types.flatMap { $0.flags }
  /// As they are where no flag is given.
  package let collectors: [any ExporterCollector] = types.compactMap { try? $0.init(FlagValues.none) }

  package init() {}

  package func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources {
    try AbsentCollectors.refuse(options.flags)
    let collectors = try Self.types.map { try $0.init(options.flags) }
    let enabled = collectors.filter { options.enabledCollectors.contains($0.name) }
    let target = NodeTarget(PathFlags.host(options.flags))
    return ExporterSources(main: Scraper(target, collectors: enabled, name: { $0.name }, logger: logger))
  }

  /// In the order of their names.
  static let types: [any NodeCollector.Type] = [
    BondingCollector.self,
    CpuVulnerabilitiesCollector.self,
    CpufreqCollector.self,
    DmiCollector.self,
    DrmCollector.self,
    EdacCollector.self,
    EthtoolCollector.self,
    HwmonCollector.self,
    IpvsCollector.self,
    LoadavgCollector.self,
    LogindCollector.self,
    NetclassCollector.self,
    PcideviceCollector.self,
    PowersupplyclassCollector.self,
    QdiscCollector.self,
    RaplCollector.self,
    SystemdCollector.self,
    ThermalZoneCollector.self,
    WatchdogCollector.self,
    WifiCollector.self,
  ]
}
