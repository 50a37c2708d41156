import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_nfs_*`: `/proc/net/rpc/nfs`, which a kernel has once it mounted something of NFS (`net/sunrpc/stats.c`). One
/// file. A procedure that the kernel does not count is 0.
struct NfsCollector: NodeCollector {
  let name = "nfs"
  let help = "Llamadas de esta máquina como cliente de NFS."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    typealias Families = Host.Nfs
    let path = host.proc("net/rpc/nfs")
    let lines = try host.ifPresent(path) { try host.withBytes(of: path, NumberLines.init) }
    for (network, index) in [("udp", 1), ("tcp", 2)] {
      if let packets = lines["net", index] { batch.add(Families.packets, .init(network), Double(packets)) }
    }
    if let connections = lines["net", 3] { batch.add(Families.connections, Double(connections)) }
    for (index, family) in [Families.rpcs, Families.rpcRetransmissions, Families.rpcAuthenticationRefreshes]
      .enumerated()
    {
      if let value = lines["rpc", index] { batch.add(family, Double(value)) }
    }
    for (version, line, methods) in [
      ("2", "proc2", NfsProcedures.version2), ("3", "proc3", NfsProcedures.version3),
      ("4", "proc4", NfsProcedures.version4Client),
    ] {
      for (index, method) in methods.enumerated() {
        // The first number of the line says how many follow.
        batch.add(
          Families.requests, Pair(.init(version), .init(method)), Double(lines[line, index + 1] ?? 0))
      }
    }
  }
}
