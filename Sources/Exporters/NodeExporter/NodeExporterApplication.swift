import ExporterKit
import Logging
import Topology

/// The exporter of the host's metrics, as ExporterServer runs it.
package struct NodeExporterApplication: ExporterApplication {
  package let process = Platform.nodeExporter
  package let summary = "exporta métricas de la máquina a Prometheus, como node_exporter."
  package let flags = PathFlags.all + types.flatMap { $0.flags }
  package let absentFlags = AbsentCollectors.flags
  /// As they are where no flag is given.
  package let collectors: [any ExporterCollector] = types.compactMap { try? $0.init(FlagValues.none) }

  package init() {}

  package func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources {
    let collectors = try Self.types.map { try $0.init(options.flags) }
    let enabled = collectors.filter { options.enabledCollectors.contains($0.name) }
    let target = NodeTarget(PathFlags.host(options.flags))
    return ExporterSources(
      main: Scraper(
        target, collectors: enabled, name: { $0.name }, executor: options.executor, logger: logger))
  }

  /// In the order of their names.
  static let types: [any NodeCollector.Type] = [
    ArpCollector.self, BcacheCollector.self, BcachefsCollector.self, BondingCollector.self, BtrfsCollector.self,
    BuddyinfoCollector.self, CgroupsCollector.self, ConntrackCollector.self, ContainersCollector.self,
    CpuCollector.self, CpufreqCollector.self, CpuVulnerabilitiesCollector.self, DiskstatsCollector.self,
    DmiCollector.self, DmmultipathCollector.self, DrbdCollector.self, DrmCollector.self, EdacCollector.self,
    EntropyCollector.self, EthtoolCollector.self, FibrechannelCollector.self, FilefdCollector.self,
    FilesystemCollector.self, HwmonCollector.self, InfinibandCollector.self, InterruptsCollector.self,
    IpvsCollector.self, KernelHungCollector.self, KsmdCollector.self, LnstatCollector.self, LoadavgCollector.self,
    LogindCollector.self, MdadmCollector.self, MeminfoCollector.self, MeminfoNumaCollector.self,
    MountstatsCollector.self, NetclassCollector.self, NetdevCollector.self, NetstatCollector.self,
    NetworkRouteCollector.self, NfsCollector.self, NfsdCollector.self, NvmeCollector.self, OsCollector.self,
    PcideviceCollector.self, PowersupplyclassCollector.self, PressureCollector.self, ProcessesCollector.self,
    QdiscCollector.self, RaplCollector.self, SchedstatCollector.self, SelinuxCollector.self, SlabinfoCollector.self,
    SockstatCollector.self, SoftirqsCollector.self, SoftnetCollector.self, StatCollector.self, SwapCollector.self,
    SysctlCollector.self, SystemdCollector.self, TapestatsCollector.self, TcpstatCollector.self,
    TextfileCollector.self, ThermalZoneCollector.self, TimeCollector.self, TimexCollector.self,
    UdpQueuesCollector.self, UnameCollector.self, VmstatCollector.self, WatchdogCollector.self, WifiCollector.self,
    XfrmCollector.self, XfsCollector.self, ZfsCollector.self, ZoneinfoCollector.self,
  ]
}
