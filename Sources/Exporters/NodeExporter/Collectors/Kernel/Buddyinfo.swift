import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_buddyinfo_blocks`: a line of `/proc/buddyinfo` (proc(5)) a zone, a column an order.
struct BuddyinfoCollector: NodeCollector {
  let name = "buddyinfo"
  let isDefault = false
  let help = "Bloques libres de memoria por tamaño."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try host.withBytes(of: host.proc("buddyinfo")) { bytes in
      bytes.forEachLine { line in
        // Node 0, zone      DMA      1      0      1
        guard let place = ZoneLine(line) else { return }
        var fields = place.rest
        var size = 0
        while let blocks = fields.next()?.double {
          batch.add(Host.Buddyinfo.blocks, .init(node: place.node, zone: place.zone, size: size), blocks)
          size += 1
        }
      }
    }
  }
}

/// What `Node 0, zone DMA` says, as `/proc/buddyinfo` and `/proc/zoneinfo` begin their lines.
struct ZoneLine {
  let node: String
  let zone: String
  let rest: Fields

  /// nil for another line.
  init?(_ line: Bytes) {
    var fields = line.fields
    guard let word = fields.next(), word == "Node", let node = fields.next(), node.hasSuffix(","),
      let kind = fields.next(), kind == "zone", let zone = fields.next()
    else { return nil }
    self.node = node.part(0..<node.count - 1).string
    self.zone = zone.string
    rest = fields
  }
}
