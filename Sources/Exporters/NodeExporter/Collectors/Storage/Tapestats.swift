import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_tape_*`: `/sys/class/scsi_tape/st*/stats`
/// (https://docs.kernel.org/scsi/st.html#sysfs-and-statistics-for-tape-devices). Ten files a drive.
struct TapestatsCollector: NodeCollector {
  let name = "tapestats"
  let help = "Unidades de cinta SCSI."

  private static let ignored = Flag(
    "collector.tapestats.ignored-devices", placeholder: "REGEXP", default: "^$", "Unidades que no se exportan.")
  static let flags = [ignored]

  private static let secondsPerNanosecond = 0.000_000_001
  private let filter: NameFilter

  init(_ flags: FlagValues) throws { filter = try NameFilter(flags, include: nil, exclude: Self.ignored) }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.sys("class/scsi_tape")
    // The others are the same drive under other modes: `nst0`, `st0a`.
    let drives = try host.ifPresent(root, { try host.entries(of: root) }).filter {
      Self.isDrive($0) && filter.allows($0)
    }
    for (file, family, factor) in Self.files {
      for drive in drives {
        guard let value = host.unsigned("\(root)/\(drive)/stats/\(file)") else { continue }
        batch.add(family, labelValues: [drive], Double(value) * factor)
      }
    }
  }

  /// `st` and a number.
  private static func isDrive(_ name: String) -> Bool {
    name.hasPrefix("st") && name.utf8.count > 2 && name.utf8.dropFirst(2).allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }

  private typealias Families = Host.Tapestats

  private static let files: [(String, FamilyDescriptor, Double)] = [
    ("in_flight", Families.ioNow.descriptor, 1), ("io_ns", Families.ioTimeSeconds.descriptor, secondsPerNanosecond),
    ("other_cnt", Families.ioOthers.descriptor, 1), ("read_byte_cnt", Families.readBytes.descriptor, 1),
    ("read_cnt", Families.readsCompleted.descriptor, 1),
    ("read_ns", Families.readTimeSeconds.descriptor, secondsPerNanosecond),
    ("resid_cnt", Families.residual.descriptor, 1), ("write_byte_cnt", Families.writtenBytes.descriptor, 1),
    ("write_cnt", Families.writesCompleted.descriptor, 1),
    ("write_ns", Families.writeTimeSeconds.descriptor, secondsPerNanosecond),
  ]
}
