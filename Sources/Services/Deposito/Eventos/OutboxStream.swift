import Events
import Redis

/// What Redis said of one event.
enum Publication: Sendable, Equatable {
  case acknowledged
  /// Because of what it is: the others are not concerned.
  case refused(String)
  /// An earlier one of its product was refused.
  case waits
}

/// The stream, as its writer sees it. Entries are never trimmed: consumers may come later, and read from the first one.
struct OutboxStream: Sendable {
  static let timeout = Duration.seconds(5)
  /// Redis ends the connection at an argument above `proto-max-bulk-len`, which can be set to 1 MiB and no less: what is
  /// larger is not sent at all.
  static let maximumEventBytes = 1 << 20
  /// Of a round trip.
  static let maximumBatchBytes = 8 << 20

  private let connection: RedisConnection
  /// Its `run_id`: another one after each start.
  let server: String

  static func open(_ configuration: RedisConfiguration) async throws(RedisError) -> OutboxStream {
    let connection = try await RedisConnection.connect(configuration, deadline: .now + timeout)
    do throws(RedisError) {
      let information = try await connection.send(RedisCommand("INFO", "server"), deadline: .now + timeout)
      let lines = information.string?.split(whereSeparator: \.isNewline) ?? []
      guard let id = lines.first(where: { $0.hasPrefix(field) })?.dropFirst(field.count), !id.isEmpty else {
        throw RedisError(.decoding, "INFO does not say which server it is")
      }
      return OutboxStream(connection: connection, server: String(id))
    } catch {
      await connection.close()
      throw error
    }
  }

  private static let field = "run_id:"

  func close() async { await connection.close() }

  /// That the server is still the one of `server`: the connection would not have outlived it.
  func check() async throws(RedisError) {
    _ = try await connection.send(RedisCommand("PING"), deadline: .now + Self.timeout)
  }

  /// As XADD for each event, in one round trip: but after an entry that is refused the later ones of its product are not
  /// added, so that they cannot overtake it. A pipeline could not do that.
  private static let script = """
    local results, halted = {}, {}
    for i = 1, #ARGV, 5 do
      local product = ARGV[i + 2]
      if halted[product] then
        results[#results + 1] = ''
      else
        local added = redis.pcall('XADD', KEYS[1], '*', 'id', ARGV[i], 'tipo', ARGV[i + 1], 'producto_id', product,
          'ocurrido_at', ARGV[i + 3], 'datos', ARGV[i + 4])
        if type(added) == 'table' and added.err then
          halted[product] = true
          results[#results + 1] = '-' .. added.err
        else
          results[#results + 1] = '+'
        end
      end
    end
    return results
    """

  /// - Parameter events: in their order.
  /// - Returns: what became of each of them, and what was wrong with the server: its memory is full, it only reads. The
  ///   events are not at fault then, and wait.
  /// - Throws: nothing is known; some may have been added.
  func publish(_ events: [Event]) async throws(RedisError) -> ([Publication], failure: RedisError?) {
    var results = Array(repeating: Publication.waits, count: events.count)
    var halted: Set<Int64> = []
    var sent: [Int] = []
    var bytes = 0
    for (index, event) in events.enumerated() where !halted.contains(event.productID) {
      let size = event.data.utf8.count
      if size > Self.maximumEventBytes {
        results[index] = .refused("it has \(size) bytes, and no more than \(Self.maximumEventBytes) can be sent")
        halted.insert(event.productID)
        continue
      }
      bytes += size
      if bytes > Self.maximumBatchBytes, !sent.isEmpty { break }
      sent.append(index)
    }
    guard !sent.isEmpty else { return (results, nil) }
    let words = sent.flatMap { events[$0].fieldValues }
    let reply = try await connection.send(
      RedisCommand(["EVAL", Self.script, "1", EventStream.deposito] + words), deadline: .now + Self.timeout)
    let answers = reply.elements.map { $0.string ?? "" }
    guard answers.count == sent.count else { throw RedisError(.decoding, "not every event has an answer") }
    var failure: RedisError?
    for (index, answer) in zip(sent, answers) {
      do throws(RedisError) {
        results[index] = try Self.publication(answer)
      } catch {
        failure = failure ?? error
      }
    }
    return (results, failure)
  }

  /// - Throws: an error that is the server's, and not the event's.
  private static func publication(_ answer: String) throws(RedisError) -> Publication {
    if answer == "+" { return .acknowledged }
    guard answer.hasPrefix("-") else { return .waits }
    let text = String(answer.dropFirst())
    // Every other code, and a command that is not known, is about the server: OOM, READONLY, NOPERM, WRONGTYPE.
    let code = String(text.prefix { $0 != " " })
    guard code == "ERR", !text.hasPrefix("ERR unknown") else { throw RedisError(.server, text, code: code) }
    return .refused(text)
  }
}

extension Event {
  /// In the order of `OutboxStream`'s script.
  fileprivate var fieldValues: [String] { ["\(id)", kind.rawValue, "\(productID)", occurredAt, data] }
}
