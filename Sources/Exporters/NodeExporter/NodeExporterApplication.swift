import ExporterKit
import Logging
import Topology

/// The exporter of the host's metrics, as ExporterServer runs it.
package struct NodeExporterApplication: ExporterApplication {
  package let process = Platform.nodeExporter
  package let summary = "exporta métricas de la máquina a Prometheus, como node_exporter."
  package let flags = PathFlags.all + types.flatMap { $0.flags }
  /// As they are where no flag is given.
  package let collectors: [any ExporterCollector] = types.compactMap { try? $0.init(FlagValues.none) }

  package init() {}

  package func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources {
    let collectors = try Self.types.map { try $0.init(options.flags) }
    let enabled = collectors.filter { options.enabledCollectors.contains($0.name) }
    let target = NodeTarget(PathFlags.host(options.flags))
    return ExporterSources(main: Scraper(target, collectors: enabled, name: { $0.name }, logger: logger))
  }

  /// In the order of their names.
  static let types: [any NodeCollector.Type] = [
    ArpCollector.self,
    BuddyinfoCollector.self,
    CgroupsCollector.self,
    ConntrackCollector.self,
    CpuCollector.self,
    EntropyCollector.self,
    FilefdCollector.self,
    InterruptsCollector.self,
    KernelHungCollector.self,
    KsmdCollector.self,
    LnstatCollector.self,
    LoadavgCollector.self,
    MeminfoCollector.self,
    MeminfoNumaCollector.self,
    NetdevCollector.self,
    NetstatCollector.self,
    NetworkRouteCollector.self,
    OsCollector.self,
    PressureCollector.self,
    ProcessesCollector.self,
    SchedstatCollector.self,
    SelinuxCollector.self,
    SlabinfoCollector.self,
    SockstatCollector.self,
    SoftirqsCollector.self,
    SoftnetCollector.self,
    StatCollector.self,
    SwapCollector.self,
    SysctlCollector.self,
    TcpstatCollector.self,
    TimeCollector.self,
    TimexCollector.self,
    UdpQueuesCollector.self,
    UnameCollector.self,
    VmstatCollector.self,
    XfrmCollector.self,
    ZoneinfoCollector.self,
  ]
}
