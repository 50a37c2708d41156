import ExporterKit
import Redis

/// The nodes of a cluster, as one of them tells. Source: https://redis.io/docs/latest/commands/cluster-nodes/
enum ClusterNodes {
  static let maximumMasters = 256

  /// Where the masters are, without the one that was asked.
  static func otherMasters(
    _ session: RedisSession, until deadline: ContinuousClock.Instant
  ) async throws(RedisError) -> [RedisConfiguration.Endpoint] {
    guard session.mode == .cluster else { return [] }
    let reply = try await session.connection.send(
      RedisCommand("CLUSTER", "NODES", name: "CLUSTER NODES"), deadline: deadline)
    var masters: [RedisConfiguration.Endpoint] = []
    reply.withText { text in
      text.forEachReplyLine { line in
        if masters.count < maximumMasters, let master = otherMaster(line.string) { masters.append(master) }
      }
    }
    return masters
  }

  /// `id ip:port@bus[,hostname] flags primary …`: the endpoint of a master that answers and is not `myself`.
  static func otherMaster(_ line: String) -> RedisConfiguration.Endpoint? {
    let words = line.split(separator: " ")
    guard words.count > 3 else { return nil }
    let flags = words[2].split(separator: ",")
    guard flags.contains("master"), !flags.contains(where: { ["myself", "fail", "noaddr", "handshake"].contains($0) })
    else { return nil }
    let address = words[1].prefix { $0 != "@" && $0 != "," }
    guard let colon = address.lastIndex(of: ":"), let port = Int(address[address.index(after: colon)...]),
      colon > address.startIndex
    else { return nil }
    return .tcp(host: String(address[..<colon]), port: port)
  }
}
