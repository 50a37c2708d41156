import MetricModel

/// What node-exporter exports, one file a collector; names, types and labels as node_exporter has them.
package enum Host {
  package static let all: [FamilyDescriptor] = kernel + network

  private static let kernel: [FamilyDescriptor] =
    Buddyinfo.all + Cgroups.all + Cpu.all + CpuInfo.all + Entropy.all + Filefd.all + Interrupts.all + KernelHung.all
    + Ksmd.all + Loadavg.all + Meminfo.all + MeminfoNuma.all + Os.all + Pressure.all + Processes.all + Schedstat.all
    + Selinux.all + Slabinfo.all + Softirqs.all + Stat.all + Swap.all + Sysctl.all + Time.all + Timex.all + Uname.all
    + Vmstat.all + Zoneinfo.all

  private static let network: [FamilyDescriptor] =
    Arp.all + Conntrack.all + Lnstat.all + Netdev.all + Netstat.all + NetworkRoute.all + Sockstat.all + Softnet.all
    + Tcpstat.all + UdpQueues.all + Xfrm.all

  /// Why families exist that no rule or panel of ours asks for.
  static let parity = FamilyUse.notNeeded("dashboards made for the standard exporter ask for it")

  package enum DeviceKey: LabelKey { package static let name = "device" }
  package typealias Device = OpenValue<DeviceKey>

  package enum CPUKey: LabelKey { package static let name = "cpu" }
  /// The number of a logical processor.
  package typealias CPUNumber = OpenValue<CPUKey>
}
