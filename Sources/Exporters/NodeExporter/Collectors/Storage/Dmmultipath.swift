import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_dmmultipath_*`: the devices of `/sys/block/dm-*` whose UUID begins with `mpath-`
/// (https://docs.kernel.org/admin-guide/abi-stable.html, "sysfs-block-dm"). Four files a device, one a path.
struct DmmultipathCollector: NodeCollector {
  let name = "dmmultipath"
  let help = "Discos por varios caminos (multipath de device-mapper)."

  private static let sectorBytes = 512.0
  private typealias Families = Host.Dmmultipath

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.sys("block")
    for entry in try host.ifPresent(root, { try host.entries(of: root) }) where entry.hasPrefix("dm-") {
      let path = "\(root)/\(entry)"
      guard let uuid = host.text("\(path)/dm/uuid"), uuid.hasPrefix("mpath-"), let name = host.text("\(path)/dm/name")
      else { continue }
      let labels = Pair(Host.Device(name), Families.SysfsName(entry))
      batch.add(Families.deviceInfo, .init(device: name, sysfsName: entry, uuid: uuid), 1)
      if let isSuspended = host.unsigned("\(path)/dm/suspended") {
        batch.add(Families.deviceActive, labels, isSuspended == 1 ? 0 : 1)
      }
      if let sectors = host.unsigned("\(path)/size") {
        batch.add(Families.deviceSizeBytes, labels, Double(sectors) * Self.sectorBytes)
      }
      let paths = (try? host.entries(of: "\(path)/slaves")) ?? []
      var active = 0
      for device in paths {
        let state = host.text("\(root)/\(device)/device/state") ?? "unknown"
        // As SCSI and NVMe say it.
        if state == "running" || state == "live" { active += 1 }
        batch.add(Families.pathState, Triple(.init(name), .init(device), .init(state)), 1)
      }
      batch.add(Families.devicePaths, labels, Double(paths.count))
      batch.add(Families.devicePathsActive, labels, Double(active))
      batch.add(Families.devicePathsFailed, labels, Double(paths.count - active))
    }
  }
}
