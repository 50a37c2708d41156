import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_md_*`: the arrays of software RAID, from `/proc/mdstat` and, for those that it names, `/sys/block/md*/md`
/// (https://docs.kernel.org/admin-guide/md.html). One file, and three more an array.
struct MdadmCollector: NodeCollector {
  let name = "mdadm"
  let help = "Estado de los arreglos RAID por software."

  private static let levelsWithRedundancy: Set = ["raid1", "raid4", "raid5", "raid6", "raid10"]

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("mdstat")
    let arrays = try host.ifPresent(path) { try host.withBytes(of: path, RaidArray.all) }
    guard !arrays.isEmpty else { return }
    for array in arrays { add(array, into: &batch) }
    let block = host.sys("block")
    for device in (try? host.entries(of: block)) ?? [] where device.hasPrefix("md") {
      guard let level = host.text("\(block)/\(device)/md/level"),
        let disks = try? host.withBytes(of: "\(block)/\(device)/md/raid_disks", { $0.firstNumber })
      else { continue }
      batch.add(Host.Mdadm.raidDisks, .init(device), Double(disks))
      guard Self.levelsWithRedundancy.contains(level) else {
        batch.add(Host.Mdadm.degraded, .init(device), 0)
        continue
      }
      if let degraded = host.unsigned("\(block)/\(device)/md/degraded") {
        batch.add(Host.Mdadm.degraded, .init(device), Double(degraded))
      }
    }
  }

  private func add(_ array: RaidArray, into batch: inout SampleBatch) {
    typealias Families = Host.Mdadm
    let device = Host.Device(array.name)
    for (state, activity) in [
      ("active", RaidArray.Activity.active), ("inactive", .inactive), ("recovering", .recovering),
      ("resync", .resyncing), ("check", .checking),
    ] {
      batch.add(Families.state, Pair(device, .init(state)), array.activity == activity ? 1 : 0)
    }
    for (state, disks) in [
      ("active", array.activeDisks), ("failed", array.failedDisks), ("spare", array.spareDisks),
    ] {
      batch.add(Families.disks, Pair(device, .init(state)), Double(disks))
    }
    batch.add(Families.disksRequired, device, Double(array.requiredDisks))
    batch.add(Families.blocks, device, Double(array.blocks))
    batch.add(Families.blocksSynced, device, Double(array.syncedBlocks))
  }
}
