import MetricModel

/// What node-exporter exports, one file a collector; names, types and labels as node_exporter has them.
package enum Host {
  package static let all: [FamilyDescriptor] = [
    Arp.all, Bcache.all, Bcachefs.all, Bonding.all, Btrfs.all, Buddyinfo.all, Cgroups.all, Conntrack.all,
    Containers.all, Cpu.all, Cpufreq.all, CpuInfo.all, CpuVulnerabilities.all, Diskstats.all, Dmi.all,
    Dmmultipath.all, Drbd.all, Drm.all, Edac.all, Entropy.all, Ethtool.all, Fibrechannel.all, Filefd.all,
    Filesystem.all, Hwmon.all, Infiniband.all, InfinibandHardware.all, Interrupts.all, Ipvs.all, KernelHung.all,
    Ksmd.all, Lnstat.all, Loadavg.all, Logind.all, Mdadm.all, Meminfo.all, MeminfoNuma.all, Mountstats.all,
    MountstatsEvents.all, Netclass.all, Netdev.all, Netstat.all, NetworkRoute.all, Nfs.all, Nfsd.all, Nvme.all,
    Os.all, Pcidevice.all, Powersupplyclass.all, Pressure.all, Processes.all, Qdisc.all, Rapl.all, Schedstat.all,
    Selinux.all, Slabinfo.all, Sockstat.all, Softirqs.all, Softnet.all, Stat.all, Swap.all, Sysctl.all, Systemd.all,
    Tapestats.all, Tcpstat.all, Textfile.all, ThermalZone.all, Time.all, Timex.all, UdpQueues.all, Uname.all,
    Vmstat.all, Watchdog.all, Wifi.all, Xfrm.all, Xfs.all, Zfs.all, Zoneinfo.all,
  ].flatMap { $0 }

  /// Why families exist that no rule or panel of ours asks for.
  static let parity = FamilyUse.notNeeded("dashboards made for the standard exporter ask for it")

  package enum DeviceKey: LabelKey { package static let name = "device" }
  /// As the kernel names it.
  package typealias Device = OpenValue<DeviceKey>

  package enum CPUKey: LabelKey { package static let name = "cpu" }
  /// The number of a logical processor.
  package typealias CPUNumber = OpenValue<CPUKey>

  /// A name that the kernel gave, with an underscore for whatever a metric's name may not have.
  static func metricName(_ name: String) -> String {
    let letters = name.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        byte
      default: UInt8(ascii: "_")
      }
    }
    return String(decoding: letters, as: UTF8.self)
  }
}
