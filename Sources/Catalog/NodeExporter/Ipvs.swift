import MetricModel

extension Host {
  /// The kernel's load balancer, IP Virtual Server.
  package enum Ipvs {
    package static let connections = Family<Counter, NoLabels>(
      "node_ipvs_connections_total", "The total number of connections made.", use: parity)
    package static let incomingPackets = Family<Counter, NoLabels>(
      "node_ipvs_incoming_packets_total", "The total number of incoming packets.", use: parity)
    package static let outgoingPackets = Family<Counter, NoLabels>(
      "node_ipvs_outgoing_packets_total", "The total number of outgoing packets.", use: parity)
    package static let incomingBytes = Family<Counter, NoLabels>(
      "node_ipvs_incoming_bytes_total", "The total amount of incoming data.", unit: .bytes, use: parity)
    package static let outgoingBytes = Family<Counter, NoLabels>(
      "node_ipvs_outgoing_bytes_total", "The total amount of outgoing data.", unit: .bytes, use: parity)

    /// The backends' labels, in their order; a flag chooses among them.
    package enum BackendLabel: String, CaseIterable, Sendable {
      case localAddress = "local_address"
      case localPort = "local_port"
      case remoteAddress = "remote_address"
      case remotePort = "remote_port"
      case proto
      case localMark = "local_mark"
    }

    package static func active(_ labels: [BackendLabel]) -> FamilyDescriptor {
      backend("connections_active", "The current active connections by local and remote address.", labels)
    }

    package static func inactive(_ labels: [BackendLabel]) -> FamilyDescriptor {
      backend("connections_inactive", "The current inactive connections by local and remote address.", labels)
    }

    package static func weight(_ labels: [BackendLabel]) -> FamilyDescriptor {
      backend("weight", "The current backend weight by local and remote address.", labels)
    }

    private static func backend(_ name: String, _ help: String, _ labels: [BackendLabel]) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_ipvs_backend_\(name)", help: help, kind: .gauge, labelNames: labels.map(\.rawValue), use: parity)
    }

    package static let all: [FamilyDescriptor] = [
      connections.descriptor, incomingPackets.descriptor, outgoingPackets.descriptor, incomingBytes.descriptor,
      outgoingBytes.descriptor, active(BackendLabel.allCases), inactive(BackendLabel.allCases),
      weight(BackendLabel.allCases),
    ]
  }
}
