import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_xfs_*`: `/sys/fs/xfs/DEVICE/stats/stats`, whose lines https://xfs.org/index.php/Runtime_Stats explains. One
/// file a mounted file system. Where no XFS is mounted there are no series, and that is a success.
struct XfsCollector: NodeCollector {
  let name = "xfs"
  let help = "Operaciones de los sistemas de archivos XFS."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.sys("fs/xfs")
    guard let entries = try? host.entries(of: root) else { return }
    let devices = entries.compactMap { device -> (label: [String], lines: NumberLines)? in
      guard let lines = try? host.withBytes(of: "\(root)/\(device)/stats/stats", NumberLines.init) else { return nil }
      return ([device], lines)
    }
    for (line, families) in Self.lines {
      for (index, family) in families.enumerated() {
        for device in devices {
          guard let value = device.lines[line, index] else { continue }
          batch.add(family.descriptor, labelValues: device.label, Double(value))
        }
      }
    }
  }

  private typealias Families = Host.Xfs

  private static let lines: [(String, [Family<Counter, Host.Device>])] = [
    (
      "extent_alloc",
      [
        Families.extentAllocationExtentsAllocated, Families.extentAllocationBlocksAllocated,
        Families.extentAllocationExtentsFreed, Families.extentAllocationBlocksFreed,
      ]
    ),
    (
      "abt",
      [
        Families.allocationBtreeLookups, Families.allocationBtreeCompares, Families.allocationBtreeRecordsInserted,
        Families.allocationBtreeRecordsDeleted,
      ]
    ),
    (
      "blk_map",
      [
        Families.blockMappingReads, Families.blockMappingWrites, Families.blockMappingUnmaps,
        Families.blockMappingExtentListInsertions, Families.blockMappingExtentListDeletions,
        Families.blockMappingExtentListLookups, Families.blockMappingExtentListCompares,
      ]
    ),
    (
      "bmbt",
      [
        Families.blockMapBtreeLookups, Families.blockMapBtreeCompares, Families.blockMapBtreeRecordsInserted,
        Families.blockMapBtreeRecordsDeleted,
      ]
    ),
    (
      "dir",
      [
        Families.directoryOperationLookup, Families.directoryOperationCreate, Families.directoryOperationRemove,
        Families.directoryOperationGetdents,
      ]
    ),
    (
      "ig",
      [
        Families.inodeOperationAttempts, Families.inodeOperationFound, Families.inodeOperationRecycled,
        Families.inodeOperationMissed, Families.inodeOperationDuplicates, Families.inodeOperationReclaims,
        Families.inodeOperationAttributeChanges,
      ]
    ),
    ("rw", [Families.writeCalls, Families.readCalls]),
    (
      "vnodes",
      [
        Families.vnodeActive, Families.vnodeAllocate, Families.vnodeGet, Families.vnodeHold, Families.vnodeRelease,
        Families.vnodeReclaim, Families.vnodeRemove,
      ]
    ),
  ]
}
