import MetricModel

extension Host {
  /// `/proc/net/sockstat`, `sockstat6`: the kernel chooses which protocols there are.
  package enum Sockstat {
    package static let socketsUsed = Family<Gauge, NoLabels>(
      "node_sockstat_sockets_used", "Number of IPv4 sockets in use.", use: parity)

    /// - Parameters:
    ///   - protocolName: for example `TCP`.
    ///   - state: for example `inuse`; `mem_bytes` is `mem`, which counts pages, in bytes.
    package static func family(_ protocolName: String, _ state: String) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_sockstat_\(protocolName)_\(state)", help: "Number of \(protocolName) sockets in state \(state).",
        kind: .gauge, unit: state == "mem_bytes" ? .bytes : nil, use: parity)
    }

    package static let all: [FamilyDescriptor] = [socketsUsed.descriptor]
  }
}
