import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_drbd_*`: `/proc/drbd` of DRBD 8.4 (its user's guide, "/proc/drbd"), words `key:value` behind a word `N:` a
/// device. One file.
struct DrbdCollector: NodeCollector {
  let name = "drbd"
  let isDefault = false
  let help = "Discos replicados por red (DRBD 8.4)."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("drbd")
    try host.ifPresent(path) { try host.withBytes(of: path) { add($0, into: &batch) } }
  }

  private func add(_ text: Bytes, into batch: inout SampleBatch) {
    var device = "unknown"
    for word in text.fields {
      guard let colon = word.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let (key, value) = (word.part(0..<colon), word.part((colon + 1)..<word.count))
      if value.isEmpty {
        if let number = key.unsigned { device = "drbd\(number)" }
      } else if let number = Self.numbers.first(where: { key == $0.key }) {
        guard let value = value.double else { continue }
        batch.add(number.family, labelValues: [device], value * number.factor)
      } else if let state = Self.states.first(where: { key == $0.key }) {
        guard let slash = value.firstIndex(of: UInt8(ascii: "/")) else { continue }
        let (local, remote) = (value.part(0..<slash), value.part((slash + 1)..<value.count))
        batch.add(state.family, Pair(.init(device), .init("local")), local == state.good ? 1 : 0)
        batch.add(state.family, Pair(.init(device), .init("remote")), remote == state.good ? 1 : 0)
      } else if key == "cs" {
        batch.add(Host.Drbd.connected, .init(device), value == "Connected" ? 1 : 0)
      }
    }
  }

  private typealias Families = Host.Drbd

  /// DRBD counts KiB. What it received is exported as it stands: the standard exporter has it so.
  private static let numbers: [(key: StaticString, family: FamilyDescriptor, factor: Double)] = [
    ("ns", Families.networkSentBytes.descriptor, 1024), ("nr", Families.networkReceivedBytes.descriptor, 1),
    ("dw", Families.diskWrittenBytes.descriptor, 1024), ("dr", Families.diskReadBytes.descriptor, 1024),
    ("al", Families.activitylogWrites.descriptor, 1), ("bm", Families.bitmapWrites.descriptor, 1),
    ("lo", Families.localPending.descriptor, 1), ("pe", Families.remotePending.descriptor, 1),
    ("ua", Families.remoteUnacknowledged.descriptor, 1), ("ap", Families.applicationPending.descriptor, 1),
    ("ep", Families.epochs.descriptor, 1), ("oos", Families.outOfSyncBytes.descriptor, 1024),
  ]

  private static let states:
    [(key: StaticString, family: Family<Gauge, Pair<Host.Device, Families.Node>>, good: StaticString)] = [
      ("ro", Families.nodeRoleIsPrimary, "Primary"), ("ds", Families.diskStateIsUpToDate, "UpToDate"),
    ]
}
