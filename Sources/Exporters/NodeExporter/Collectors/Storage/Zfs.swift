import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_zfs_*`: the statistics of OpenZFS in `/proc/spl/kstat/zfs`, of the module and of each pool and dataset, in the
/// format of `kstat(1M)` (`module/os/linux/spl/spl-kstat.c`): a head of numbers, a head of names, then names, types and
/// values. A file a subject, a file a dataset.
struct ZfsCollector: NodeCollector {
  let name = "zfs"
  let help = "Estadísticas de ZFS: caché ARC, pools y datasets."

  /// By file: the families that were made of its names.
  private let tables: [String: NameTable<FamilyDescriptor>]
  private let pools = NameTable<FamilyDescriptor>()
  private let datasets = NameTable<FamilyDescriptor>()

  init(_ flags: FlagValues) { tables = Self.subsystems.mapValues { _ in NameTable() } }

  /// File and part of the metric's name.
  private static let subsystems = [
    "abdstats": "abd", "arcstats": "arc", "dbufstats": "dbuf", "dmu_tx": "dmu_tx", "dnodestats": "dnode", "fm": "fm",
    "vdev_cache_stats": "vdev_cache", "vdev_mirror_stats": "vdev_mirror", "xuio_stats": "xuio",
    "zfetchstats": "zfetch", "zil": "zil",
  ]
  private static let states = ["online", "degraded", "faulted", "offline", "removed", "unavail", "suspended"]

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.proc("spl/kstat/zfs")
    for entry in try host.ifPresent(root, { try host.entries(of: root) }) {
      if let subsystem = Self.subsystems[entry] {
        // The file of a statistic that this version lacks, or that went with the module.
        try? host.withBytes(of: "\(root)/\(entry)") { text in
          addStatistics(of: entry, subsystem, text, into: &batch)
        }
      } else if let files = try? host.entries(of: "\(root)/\(entry)") {
        addPool(entry, files, root, host, into: &batch)
      }
    }
  }

  private func addStatistics(of file: String, _ subsystem: String, _ text: Bytes, into batch: inout SampleBatch) {
    tables[file]?.read { families in
      Self.forEachStatistic(in: text) { name, value, _ in
        guard let value = value.number else { return }
        let family = families.value(of: name) { Host.Zfs.statistic(subsystem, file: file, field: $0) }
        batch.add(family, labelValues: [], value)
      }
    }
  }

  private func addPool(
    _ pool: String, _ files: [String], _ root: String, _ host: NodeHost, into batch: inout SampleBatch
  ) {
    for file in files {
      let path = "\(root)/\(pool)/\(file)"
      if file == "io" {
        try? host.withBytes(of: path) { addIO(of: pool, $0, into: &batch) }
      } else if file == "state" {
        guard let current = host.text(path)?.lowercased() else { continue }
        for state in Self.states {
          batch.add(Host.Zfs.zpoolState, Pair(.init(pool), .init(state)), state == current ? 1 : 0)
        }
      } else if file.hasPrefix("objset-") {
        try? host.withBytes(of: path) { addDataset(of: pool, $0, into: &batch) }
      }
    }
  }

  /// A line of names and a line of numbers.
  private func addIO(of pool: String, _ text: Bytes, into batch: inout SampleBatch) {
    var columns: [FamilyDescriptor] = []
    text.forEachLine { line in
      var fields = line.fields
      if columns.isEmpty {
        guard let first = fields.next(), first == "nread" else { return }
        columns = pools.read { families in line.fields.map { families.value(of: $0, orMake: Host.Zfs.pool) } }
        return
      }
      for column in columns {
        guard let value = fields.next()?.unsigned else { return }
        batch.add(column, labelValues: [pool], Double(value))
      }
    }
  }

  private func addDataset(of pool: String, _ text: Bytes, into batch: inout SampleBatch) {
    var labels = [pool, ""]
    datasets.read { families in
      Self.forEachStatistic(in: text) { name, value, rest in
        if name == "dataset_name" {
          labels[1] = rest.string
        } else if case .unsigned(let value?) = value {
          batch.add(families.value(of: name, orMake: Host.Zfs.dataset), labelValues: labels, Double(value))
        }
      }
    }
  }

  private enum Value {
    case unsigned(UInt64?)
    case signed(Int?)
    case other

    var number: Double? {
      switch self {
      case .unsigned(let value): value.map { Double($0) }
      case .signed(let value): value.map { Double($0) }
      case .other: nil
      }
    }
  }

  /// - Parameter body: takes name, value, and the value as it stands there with everything behind it.
  private static func forEachStatistic(in text: Bytes, _ body: (Bytes, Value, Bytes) -> Void) {
    var isBehindHead = false
    text.forEachLine { line in
      var fields = line.fields
      guard let name = fields.next(), let type = fields.next() else { return }
      let rest = fields.rest
      guard let value = fields.next() else { return }
      if !isBehindHead {
        isBehindHead = name == "name" && type == "type" && value == "data"
      } else if type == "4" {
        body(name, .unsigned(value.unsigned), rest)
      } else if type == "3" {
        body(name, .signed(value.integer), rest)
      } else {
        body(name, .other, rest)
      }
    }
  }
}
