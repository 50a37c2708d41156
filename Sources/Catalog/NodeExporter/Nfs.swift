import MetricModel

extension Host {
  /// `/proc/net/rpc/nfs`: this machine as a client of NFS.
  package enum Nfs {
    package enum TransportProtocolKey: LabelKey { package static let name = "protocol" }
    package typealias TransportProtocol = OpenValue<TransportProtocolKey>
    package enum VersionKey: LabelKey { package static let name = "proto" }
    package typealias Version = OpenValue<VersionKey>
    package enum MethodKey: LabelKey { package static let name = "method" }
    package typealias Method = OpenValue<MethodKey>

    package static let packets = Family<Counter, TransportProtocol>(
      "node_nfs_packets_total", "Total NFSd network packets (sent+received) by protocol type.", use: parity)
    package static let connections = Family<Counter, NoLabels>(
      "node_nfs_connections_total", "Total number of NFSd TCP connections.", use: parity)
    package static let rpcs = Family<Counter, NoLabels>(
      "node_nfs_rpcs_total", "Total number of RPCs performed.", use: parity)
    package static let rpcRetransmissions = Family<Counter, NoLabels>(
      "node_nfs_rpc_retransmissions_total", "Number of RPC transmissions performed.", use: parity)
    package static let rpcAuthenticationRefreshes = Family<Counter, NoLabels>(
      "node_nfs_rpc_authentication_refreshes_total", "Number of RPC authentication refreshes performed.", use: parity)
    package static let requests = Family<Counter, Pair<Version, Method>>(
      "node_nfs_requests_total", "Number of NFS procedures invoked.", use: parity)

    package static let all: [FamilyDescriptor] = [
      packets.descriptor, connections.descriptor, rpcs.descriptor, rpcRetransmissions.descriptor,
      rpcAuthenticationRefreshes.descriptor, requests.descriptor,
    ]
  }
}
