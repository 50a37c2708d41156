import MetricModel

/// What node-exporter exports, one file a collector; names, types and labels as node_exporter has them.
package enum Host {
  package static let all: [FamilyDescriptor] = [
    Arp.all, Buddyinfo.all, Cgroups.all, Conntrack.all, Cpu.all, CpuInfo.all, Entropy.all, Filefd.all, Interrupts.all,
    KernelHung.all, Ksmd.all, Lnstat.all, Loadavg.all, Meminfo.all, MeminfoNuma.all, Netdev.all, Netstat.all,
    NetworkRoute.all, Os.all, Pressure.all, Processes.all, Schedstat.all, Selinux.all, Slabinfo.all, Sockstat.all,
    Softirqs.all, Softnet.all, Stat.all, Swap.all, Sysctl.all, Tcpstat.all, Time.all, Timex.all, UdpQueues.all,
    Uname.all, Vmstat.all, Xfrm.all, Zoneinfo.all,
  ].flatMap { $0 }

  /// Why families exist that no rule or panel of ours asks for.
  static let parity = FamilyUse.notNeeded("dashboards made for the standard exporter ask for it")

  package enum DeviceKey: LabelKey { package static let name = "device" }
  package typealias Device = OpenValue<DeviceKey>

  package enum CPUKey: LabelKey { package static let name = "cpu" }
  /// The number of a logical processor.
  package typealias CPUNumber = OpenValue<CPUKey>
}
