import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_nfsd_*`: `/proc/net/rpc/nfsd`, which a kernel has while it serves NFS (`fs/nfsd/stats.c`). One file. An
/// operation that the kernel does not count is 0.
struct NfsdCollector: NodeCollector {
  let name = "nfsd"
  let help = "Llamadas que atiende esta máquina como servidor de NFS."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    typealias Families = Host.Nfsd
    let path = host.proc("net/rpc/nfsd")
    let lines = try host.ifPresent(path) { try host.withBytes(of: path, NumberLines.init) }
    for (line, index, family) in Self.counters {
      if let value = lines[line, index] { batch.add(family, Double(value)) }
    }
    if let threads = lines["th", 0] { batch.add(Families.serverThreads, Double(threads)) }
    if let blocks = lines["ra", 0] { batch.add(Families.readAheadCacheSizeBlocks, Double(blocks)) }
    for (network, index) in [("udp", 1), ("tcp", 2)] {
      if let packets = lines["net", index] { batch.add(Families.packets, .init(network), Double(packets)) }
    }
    for (kind, index) in [("fmt", 2), ("auth", 3), ("cInt", 4)] {
      if let errors = lines["rpc", index] { batch.add(Families.rpcErrors, .init(kind), Double(errors)) }
    }
    addRequests(lines, into: &batch)
  }

  private func addRequests(_ lines: NumberLines, into batch: inout SampleBatch) {
    func add(_ version: String, _ method: String, _ count: UInt64?) {
      batch.add(Host.Nfsd.requests, Pair(.init(version), .init(method)), Double(count ?? 0))
    }
    // The first number of these lines says how many follow. Nobody asks for the null procedure.
    for (index, method) in NfsProcedures.version2.enumerated() where index > 0 {
      add("2", method, lines["proc2", index + 1])
    }
    for (index, method) in NfsProcedures.version3.enumerated() where index > 0 {
      add("3", method, lines["proc3", index + 1])
    }
    for (index, method) in NfsProcedures.version4Server.enumerated() {
      if let method { add("4", method, lines["proc4ops", index + 1]) }
    }
    add("4", "WdelegGetattr", lines["wdeleg_getattr", 0])
  }

  private static let counters: [(line: String, index: Int, family: Family<Counter, NoLabels>)] = [
    ("rc", 0, Host.Nfsd.replyCacheHits), ("rc", 1, Host.Nfsd.replyCacheMisses), ("rc", 2, Host.Nfsd.replyCacheNocache),
    ("fh", 0, Host.Nfsd.fileHandlesStale),
    ("io", 0, Host.Nfsd.diskBytesRead), ("io", 1, Host.Nfsd.diskBytesWritten),
    ("ra", 11, Host.Nfsd.readAheadCacheNotFound), ("net", 3, Host.Nfsd.connections),
    ("rpc", 0, Host.Nfsd.serverRpcs),
  ]
}
