import MetricModel

/// What node-exporter exports, one file a collector; names, types and labels as node_exporter has them.
package enum Host {
  package static let all: [FamilyDescriptor] =
    Bcache.all + Bcachefs.all + Bonding.all + Btrfs.all + Containers.all + Cpufreq.all + CpuVulnerabilities.all
    + Diskstats.all + Dmi.all + Dmmultipath.all + Drbd.all + Drm.all + Edac.all + Ethtool.all + Fibrechannel.all
    + Filesystem.all + Hwmon.all + Infiniband.all + InfinibandHardware.all + Ipvs.all + Loadavg.all + Logind.all
    + Mdadm.all + Mountstats.all + MountstatsEvents.all + Netclass.all + Nfs.all + Nfsd.all + Nvme.all + Pcidevice.all
    + Powersupplyclass.all + Qdisc.all + Rapl.all + Systemd.all + Tapestats.all + Textfile.all + ThermalZone.all
    + Watchdog.all + Wifi.all + Xfs.all + Zfs.all

  /// Why families exist that no rule or panel of ours asks for.
  static let parity = FamilyUse.notNeeded("dashboards made for the standard exporter ask for it")

  package enum DeviceKey: LabelKey { package static let name = "device" }
  /// As the kernel names it.
  package typealias Device = OpenValue<DeviceKey>

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
