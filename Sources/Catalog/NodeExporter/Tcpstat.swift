import MetricModel

extension Host {
  /// The TCP sockets, sock_diag(7).
  package enum Tcpstat {
    package enum StateKey: LabelKey { package static let name = "state" }
    /// A state of a connection, or a sum of bytes over all of them.
    package typealias State = OpenValue<StateKey>

    package static let connectionStates = Family<Gauge, State>(
      "node_tcp_connection_states", "Number of connection states.", use: parity)

    package static let all: [FamilyDescriptor] = [connectionStates.descriptor]
  }
}
