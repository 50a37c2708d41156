import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_sockstat_*`: a line a protocol of `/proc/net/sockstat` and `sockstat6`: `TCP: inuse 4 orphan 0 … mem 1`, the
/// last in pages.
struct SockstatCollector: NodeCollector {
  let name = "sockstat"
  let help = "Sockets en uso por protocolo."

  private static let states: [StaticString] = ["inuse", "orphan", "tw", "alloc", "mem", "memory"]
  private static let pageBytes = Double(sysconf(Int32(_SC_PAGESIZE)))

  /// The families of a protocol, in the order of `states`, and the bytes of `mem`.
  private let families = NameTable<[FamilyDescriptor]>()

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    for file in ["net/sockstat", "net/sockstat6"] {
      do {
        try host.withKeptBytes(of: host.proc(file)) { add($0, to: &batch) }
      } catch let error as HostError where error.isAbsence {
        continue  // This version of IP is off.
      }
    }
  }

  private func add(_ bytes: Bytes, to batch: inout SampleBatch) {
    families.read { families in
      bytes.forEachLine { line in
        guard let (name, rest) = line.cut(at: UInt8(ascii: ":")) else { return }
        if name == "sockets" {
          var fields = rest.fields
          fields.skip(1)
          if let used = fields.next()?.double { batch.add(Host.Sockstat.socketsUsed, used) }
          return
        }
        let own = families.value(of: name) { name in
          (Self.states + ["mem_bytes"]).map { Host.Sockstat.family(name, "\($0)") }
        }
        var fields = rest.fields
        while let state = fields.next(), let value = fields.next()?.double {
          guard let index = Self.states.firstIndex(where: { state == $0 }) else { continue }
          batch.add(own[index], labelValues: [], value)
          if state == "mem" { batch.add(own[Self.states.count], labelValues: [], value * Self.pageBytes) }
        }
      }
    }
  }
}
