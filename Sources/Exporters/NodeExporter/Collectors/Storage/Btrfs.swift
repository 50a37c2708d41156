import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_btrfs_*`: `/sys/fs/btrfs/UUID` (the kernel's `fs/btrfs/sysfs.c`), and of file systems that can be reached what
/// their devices counted (`BtrfsDevices`). Some 40 files a file system. Where no btrfs is mounted there are no series,
/// and that is a success.
struct BtrfsCollector: NodeCollector {
  let name = "btrfs"
  let help = "Espacio, dispositivos y errores de los sistemas de archivos btrfs."

  private static let sectorBytes = 512.0
  private static let secondsPerMillisecond = 0.001
  private static let blockGroups = ["data", "metadata", "system"]
  /// Directories of a block group; the names are those of `btrfs_raid_array` in `fs/btrfs/volumes.c`.
  private static let modes = ["single", "dup", "raid0", "raid1", "raid1c3", "raid1c4", "raid10", "raid5", "raid6"]

  private typealias Families = Host.Btrfs

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.sys("fs/btrfs")
    // `features` and `debug` are beside the file systems.
    let entries = ((try? host.entries(of: root)) ?? []).filter { $0.utf8.contains(UInt8(ascii: "-")) }
    guard !entries.isEmpty else { return }
    let devices = BtrfsDevices.byFileSystem(host)
    for entry in entries {
      let path = "\(root)/\(entry)"
      let given = host.text("\(path)/metadata_uuid") ?? ""
      let uuid = Families.UUID(given.isEmpty ? entry : given)
      let names = (try? host.entries(of: "\(path)/devices")) ?? []
      batch.add(Families.info, Pair(uuid, .init(host.text("\(path)/label") ?? "")), 1)
      addCommits(of: uuid, path, host, into: &batch)
      for group in Self.blockGroups { addSpace(of: uuid, group, deviceCount: names.count, path, host, into: &batch) }
      if let reached = devices[entry] ?? devices[uuid.labelValue] {
        for device in reached { add(device, of: uuid, into: &batch) }
        continue
      }
      for name in names {
        let bytes = Double(host.unsigned("\(path)/devices/\(name)/size") ?? 0) * Self.sectorBytes
        if devices.isEmpty {
          batch.add(Families.deviceSizeBytesWithoutUUID, labelValues: [uuid.labelValue, name], bytes)
        } else {
          batch.add(Families.deviceSizeBytes, Triple(uuid, .init(name), .init("")), bytes)
        }
      }
    }
  }

  private func addCommits(of uuid: Families.UUID, _ path: String, _ host: NodeHost, into batch: inout SampleBatch) {
    if let bytes = host.unsigned("\(path)/allocation/global_rsv_size") {
      batch.add(Families.globalRsvSizeBytes, uuid, Double(bytes))
    }
    // Since Linux 6.1; before that nobody counts, and the standard exporter says 0.
    let lines = try? host.withBytes(of: "\(path)/commit_stats", NumberLines.init)
    func value(_ word: String) -> Double { Double(lines?[word, 0] ?? 0) }
    batch.add(Families.commits, uuid, value("commits"))
    batch.add(Families.lastCommitSeconds, uuid, value("last_commit_ms") * Self.secondsPerMillisecond)
    batch.add(Families.maxCommitSeconds, uuid, value("max_commit_ms") * Self.secondsPerMillisecond)
    batch.add(Families.commitSeconds, uuid, value("total_commit_ms") * Self.secondsPerMillisecond)
  }

  private func addSpace(
    of uuid: Families.UUID, _ name: String, deviceCount: Int, _ path: String, _ host: NodeHost,
    into batch: inout SampleBatch
  ) {
    let group = Families.BlockGroup(name)
    guard let reserved = host.unsigned("\(path)/allocation/\(name)/bytes_reserved") else { return }
    batch.add(Families.reservedBytes, Pair(uuid, group), Double(reserved))
    for mode in Self.modes {
      let directory = "\(path)/allocation/\(name)/\(mode)"
      guard let total = host.unsigned("\(directory)/total_bytes") else { continue }
      let labels = Triple(uuid, group, Families.Mode(mode))
      batch.add(Families.sizeBytes, labels, Double(total))
      batch.add(Families.usedBytes, labels, Double(host.unsigned("\(directory)/used_bytes") ?? 0))
      batch.add(Families.allocationRatio, labels, Self.allocationRatio(of: mode, deviceCount: deviceCount))
    }
  }

  /// Bytes on the devices for each byte of data: the copies, or the parity spread over the devices. 0 where there are
  /// too few devices to say.
  static func allocationRatio(of mode: String, deviceCount: Int) -> Double {
    switch mode {
    case "single", "raid0": 1
    case "dup", "raid1", "raid10": 2
    case "raid1c3": 3
    case "raid1c4": 4
    case "raid5": deviceCount > 1 ? Double(deviceCount) / Double(deviceCount - 1) : 0
    case "raid6": deviceCount > 2 ? Double(deviceCount) / Double(deviceCount - 2) : 0
    default: 0
    }
  }

  private func add(_ device: BtrfsDevices.Device, of uuid: Families.UUID, into batch: inout SampleBatch) {
    let (name, id) = (Host.Device(device.name), Families.DeviceUUID(device.uuid))
    batch.add(Families.deviceSizeBytes, Triple(uuid, name, id), Double(device.totalBytes))
    batch.add(Families.deviceUnusedBytes, Triple(uuid, name, id), Double(device.totalBytes) - Double(device.usedBytes))
    for (kind, errors) in zip(BtrfsDevices.errorKinds, device.errors) {
      batch.add(Families.deviceErrors, Pair(uuid, Triple(.init(kind), name, id)), Double(errors))
    }
  }
}
