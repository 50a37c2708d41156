import Catalog
import MetricModel
import Telemetry

/// The events that NFS counts a mount (`enum nfs_stat_eventcounters` of the kernel's `linux/nfs_iostat.h`).
enum MountstatsEvents {
  static func add(_ events: [UInt64], _ labels: Host.Mountstats.Mount, into batch: inout SampleBatch) {
    for (value, family) in zip(events, families) {
      if let family { batch.add(family, labels, Double(value)) }
    }
  }

  private typealias Families = Host.MountstatsEvents

  /// In the order of the line; nil for what the standard exporter leaves out.
  private static let families: [Family<Counter, Host.Mountstats.Mount>?] = [
    Families.inodeRevalidate, Families.dnodeRevalidate, Families.dataInvalidate, Families.attributeInvalidate,
    Families.vfsOpen, Families.vfsLookup, Families.vfsAccess, Families.vfsUpdatePage, Families.vfsReadPage,
    Families.vfsReadPages, Families.vfsWritePage, Families.vfsWritePages, Families.vfsGetdents, Families.vfsSetattr,
    Families.vfsFlush, Families.vfsFsync, Families.vfsLock, Families.vfsFileRelease, nil, Families.truncation,
    Families.writeExtension, Families.sillyRename, Families.shortRead, Families.shortWrite, Families.jukeboxDelay,
    Families.pnfsRead, Families.pnfsWrite,
  ]
}
