import Catalog
import ExporterKit
import Glibc
import Redis
import Telemetry

/// `CLIENT LIST`: thirteen series a client, which is why it is off by default, and at most so many clients. 1,000
/// clients cost the server some 2 ms. Source: https://redis.io/docs/latest/commands/client-list/
struct ClientListCollector: PipelinedCollector {
  static let maximumClients = 10_000

  let name = "client_list"
  let isDefault = false
  let help = "CLIENT LIST: cada cliente conectado; también con --export-client-list."

  func isWanted(_ options: RedisOptions) -> Bool { options.exportsClientList }

  func questions(to session: RedisSession) -> [RedisCommand] { [Self.command] }

  private static let command = RedisCommand("CLIENT", "LIST", name: "CLIENT LIST")

  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading
  ) throws(RedisError) {
    let now = time(nil)
    var clients: [Client] = []
    try answers[0].withText { text in
      text.forEachReplyLine { line in
        if clients.count < Self.maximumClients, let client = Client(line) { clients.append(client) }
      }
    }
    var names = ["id", "name", "flags", "db", "host"]
    if session.options.exportsClientPort { names.append("port") }
    if clients.contains(where: { !$0.user.isEmpty }) { names.append("user") }
    if clients.contains(where: { !$0.resp.isEmpty }) { names.append("resp") }
    let info = RedisInstance.ClientList.info(names)
    for client in clients { reading.batch.add(info, labelValues: names.map(client.label), 1) }
    for (index, family) in Client.families.enumerated() {
      for client in clients {
        guard let number = client.numbers[index] else { continue }
        let value = Client.ages.contains(index) ? Double(now) - number : number
        reading.batch.add(family, ClientLabels(id: client.id, name: client.name), value)
      }
    }
  }

  /// One line.
  private struct Client {
    private(set) var id = ""
    private(set) var name = ""
    private(set) var user = ""
    private(set) var resp = ""
    private var flags = ""
    private var database = ""
    private var host = ""
    private var port = ""
    /// Aligned with the families.
    private(set) var numbers = [Double?](repeating: nil, count: fields.count)

    private static let fields: [StaticString] = [
      "omem", "tot-mem", "age", "idle", "sub", "psub", "ssub", "watch", "qbuf", "qbuf-free", "obl", "oll",
    ]
    /// Those that the server says as seconds ago.
    static let ages = 2...3
    static let families = [
      RedisInstance.ClientList.outputBufferMemoryBytes, RedisInstance.ClientList.totalMemoryBytes,
      RedisInstance.ClientList.createdAt, RedisInstance.ClientList.idleSince,
      RedisInstance.ClientList.channelSubscriptions, RedisInstance.ClientList.patternSubscriptions,
      RedisInstance.ClientList.shardSubscriptions, RedisInstance.ClientList.watchedKeys,
      RedisInstance.ClientList.queryBufferBytes, RedisInstance.ClientList.queryBufferFreeBytes,
      RedisInstance.ClientList.outputBufferBytes, RedisInstance.ClientList.outputListLength,
    ]

    init?(_ line: Bytes) {
      line.forEachPair(between: UInt8(ascii: " ")) { read($0, $1) }
      if id.isEmpty || host.isEmpty { return nil }
    }

    private mutating func read(_ field: Bytes, _ value: Bytes) {
      switch field {
      case _ where field == "id": id = value.string
      case _ where field == "name": name = value.string
      case _ where field == "user": user = value.string
      case _ where field == "resp": resp = value.string
      case _ where field == "flags": flags = value.string
      case _ where field == "db": database = value.string
      case _ where field == "addr":
        let colon = value.lastIndex(of: UInt8(ascii: ":")) ?? value.count
        (host, port) = (value.part(0..<colon).string, value.from(colon + 1).string)
      default:
        for (index, name) in Self.fields.enumerated() where field == name { numbers[index] = value.double }
      }
    }

    func label(_ label: String) -> String {
      switch label {
      case "id": id
      case "name": name
      case "flags": flags
      case "db": database
      case "host": host
      case "port": port
      case "user": user
      default: resp
      }
    }
  }
}
