import MetricModel

/// What node-exporter exports, one file a collector; names, types and labels as node_exporter has them.
package enum Host {
  package static let all: [FamilyDescriptor] =
    Bonding.all + CpuVulnerabilities.all + Cpufreq.all + Dmi.all + Drm.all + Edac.all + Ethtool.all + Hwmon.all
    + Ipvs.all
    + Loadavg.all + Logind.all + Netclass.all
    + Pcidevice.all + Powersupplyclass.all + Qdisc.all + Rapl.all + Systemd.all + ThermalZone.all + Watchdog.all
    + Wifi.all

  /// Why families exist that no rule or panel of ours asks for.
  static let parity = FamilyUse.notNeeded("dashboards made for the standard exporter ask for it")
}
