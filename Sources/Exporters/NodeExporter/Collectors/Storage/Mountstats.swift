import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_mountstats_nfs_*`: what the kernel counts of each mount of NFS, in `/proc/self/mountstats` (proc(5); what the
/// fields mean is in nfs-utils' `tools/mountstats`), with the server's address from `mountinfo`. Two files; neither asks
/// a server.
struct MountstatsCollector: NodeCollector {
  let name = "mountstats"
  let isDefault = false
  let help = "Estadísticas de cada montaje de NFS."

  private typealias Families = Host.Mountstats

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let mounts = try host.withBytes(of: host.proc("self/mountstats"), NfsMount.all)
    guard !mounts.isEmpty else { return }
    let addresses = try host.withSharedBytes(of: host.proc("self/mountinfo"), NfsMount.serverAddresses)
    // A server can be mounted several times; it counts for all of them together.
    var seen: Set<[String]> = []
    for mount in mounts {
      // Both files list the mounts in the same order.
      let address = addresses.indices.contains(mount.position) ? addresses[mount.position] : ""
      for transport in mount.transports {
        let labels = [mount.export, transport.network, address]
        guard seen.insert(labels).inserted else { break }
        add(mount, Families.Mount(export: mount.export, protocol: transport.network, mountaddr: address), into: &batch)
      }
    }
  }

  private func add(_ mount: NfsMount, _ labels: Host.Mountstats.Mount, into batch: inout SampleBatch) {
    batch.add(Families.ageSeconds, labels, Double(mount.ageSeconds))
    for (value, family) in zip(mount.bytes, Self.bytes) { batch.add(family, labels, Double(value)) }
    for (number, transport) in mount.transports.enumerated() {
      let values = labels.labelValues + [String(number)]
      for (index, family) in Self.transports {
        batch.add(family, labelValues: values, Double(transport.values[index] % Self.exactInDouble))
      }
    }
    for operation in mount.operations {
      let labels = Pair(labels, Families.Operation(operation.name))
      for ((family, factor), value) in zip(Self.operations, operation.values) {
        // Times wrap; the standard exporter cuts them where a double would lose their last digit.
        batch.add(family, labels, factor == 1 ? Double(value) : Double(value % Self.exactInDouble) * factor)
      }
    }
    MountstatsEvents.add(mount.events, labels, into: &batch)
  }

  private static let exactInDouble: UInt64 = 1 << 53
  private static let secondsPerMillisecond = 0.001

  private static let bytes: [Family<Counter, Host.Mountstats.Mount>] = [
    Families.readBytes, Families.writeBytes, Families.directReadBytes, Families.directWriteBytes,
    Families.totalReadBytes, Families.totalWriteBytes, Families.readPages, Families.writePages,
  ]

  /// By the position in a line of TCP.
  private static let transports: [(Int, FamilyDescriptor)] = [
    (1, Families.transportBind.descriptor), (2, Families.transportConnect.descriptor),
    (4, Families.transportIdleTimeSeconds.descriptor), (5, Families.transportSends.descriptor),
    (6, Families.transportReceives.descriptor), (7, Families.transportBadTransactionIds.descriptor),
    (9, Families.transportBacklogQueue.descriptor), (10, Families.transportMaximumRpcSlots.descriptor),
    (11, Families.transportSendingQueue.descriptor), (12, Families.transportPendingQueue.descriptor),
  ]

  private static let operations: [(Family<Counter, Pair<Host.Mountstats.Mount, Families.Operation>>, Double)] = [
    (Families.operationsRequests, 1), (Families.operationsTransmissions, 1), (Families.operationsMajorTimeouts, 1),
    (Families.operationsSentBytes, 1), (Families.operationsReceivedBytes, 1),
    (Families.operationsQueueTimeSeconds, secondsPerMillisecond),
    (Families.operationsResponseTimeSeconds, secondsPerMillisecond),
    (Families.operationsRequestTimeSeconds, secondsPerMillisecond),
  ]
}
