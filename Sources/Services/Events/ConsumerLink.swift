import Redis

/// An entry that was given to this consumer.
struct Delivery: Sendable {
  let entry: String
  let fields: [String]
  /// nil for an entry that is no event.
  let event: Event?
  /// The attempt that is about to be made: 1 for an entry that was given to nobody before.
  let attempt: Int

  init(entry: String, fields: [String], attempt: Int) {
    self.entry = entry
    self.fields = fields
    event = Event(fields: fields)
    self.attempt = attempt
  }
}

/// A consumer's two connections: one that waits for entries, one for all else, which must not wait behind it.
struct ConsumerLink: Sendable {
  static let timeout = Duration.seconds(5)
  /// How long a read waits in the server.
  static let waitMilliseconds = 1_000
  private static let pruneEvery: Int64 = 64

  let settings: ConsumerSettings
  private let reader: RedisConnection
  private let writer: RedisConnection

  init(_ settings: ConsumerSettings, _ configuration: RedisConfiguration) async throws {
    self.settings = settings
    reader = try await RedisConnection.connect(configuration, deadline: .now + Self.timeout)
    writer = try await RedisConnection.connect(configuration, deadline: .now + Self.timeout)
  }

  func close() async {
    await reader.close()
    await writer.close()
  }

  func send(_ words: String...) async throws(RedisError) -> RedisReply {
    try await writer.send(RedisCommand(words), deadline: .now + Self.timeout)
  }

  // MARK: The group

  /// Makes stream and group where they are not there; a new group begins with the stream's first entry.
  func makeGroup() async throws {
    do {
      _ = try await send("XGROUP", "CREATE", settings.stream, settings.group, "0", "MKSTREAM")
    } catch {
      guard error.code == "BUSYGROUP" else { throw error }
    }
  }

  private static let takeTurn = """
    local holder = redis.call('GET', KEYS[1])
    if holder and holder ~= ARGV[1] then return 0 end
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 1
    """
  private static let giveTurnBack = """
    if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
    return 0
    """

  /// Takes the group's turn, or keeps it. False while it is somebody else's.
  func takeTurn() async throws -> Bool {
    let milliseconds = Int(settings.turn / .milliseconds(1))
    return try await send(
      "EVAL", Self.takeTurn, "1", settings.turnKey, settings.consumer, "\(milliseconds)"
    ).integer == 1
  }

  func giveTurnBack() async throws {
    _ = try await send("EVAL", Self.giveTurnBack, "1", settings.turnKey, settings.consumer)
  }

  /// The identifiers that the group handled last.
  func handled(_ count: Int) async throws -> [Int64] {
    try await send("ZRANGE", settings.handledKey, "\(-count)", "-1").elements.compactMap {
      $0.string.flatMap { Int64($0) }
    }
  }

  // MARK: Entries

  /// New entries; none after `waitMilliseconds` without any.
  func read() async throws(RedisError) -> [Delivery] {
    let command = RedisCommand(
      "XREADGROUP", "GROUP", settings.group, settings.consumer, "COUNT", "\(settings.batch)", "BLOCK",
      "\(Self.waitMilliseconds)", "STREAMS", settings.stream, ">")
    let reply = try await reader.send(
      command, deadline: .now + .milliseconds(Self.waitMilliseconds) + Self.timeout)
    var deliveries: [Delivery] = []
    for stream in reply.elements {
      for (index, part) in stream.elements.enumerated() where index == 1 {
        deliveries += part.elements.compactMap { Self.delivery($0, attempt: 1) }
      }
    }
    return deliveries
  }

  /// What was given to members of the group and not acknowledged, in the stream's order; it is this consumer's now.
  /// - Parameter cursor: where to go on; `0-0` at the start and at the end.
  func claim(from cursor: String) async throws -> (deliveries: [Delivery], next: String) {
    let claimed = Array(
      try await send(
        "XAUTOCLAIM", settings.stream, settings.group, settings.consumer, "0", cursor, "COUNT", "\(settings.batch)",
        "JUSTID"
      ).elements)
    let ids = claimed.count > 1 ? claimed[1].elements.compactMap(\.string) : []
    let next = claimed.first?.string ?? "0-0"
    guard let first = ids.first, let last = ids.last else { return ([], next) }
    let pending = try await send(
      "XPENDING", settings.stream, settings.group, first, last, "\(settings.batch)", settings.consumer)
    var attempts: [String: Int] = [:]
    for line in pending.elements {
      let columns = Array(line.elements)
      if columns.count == 4, let id = columns[0].string { attempts[id] = columns[3].integer.map { Int($0) } }
    }
    let entries = await writer.pipeline(
      ids.map { RedisCommand("XRANGE", settings.stream, $0, $0) }, deadline: .now + Self.timeout)
    var deliveries: [Delivery] = []
    for (id, result) in zip(ids, entries) {
      for entry in try result.get().elements {
        if let delivery = Self.delivery(entry, attempt: (attempts[id] ?? 1) + 1) {
          deliveries.append(delivery)
        }
      }
    }
    return (deliveries, next)
  }

  /// Says in the group how many attempts have begun, should this be the last thing that the process does.
  func note(_ attempt: Int, of entry: String) async throws {
    _ = try await send(
      "XCLAIM", settings.stream, settings.group, settings.consumer, "0", entry, "RETRYCOUNT", "\(attempt)", "JUSTID")
  }

  /// - Parameter event: nil where nothing was handled.
  func acknowledge(_ entry: String, handled event: Int64?, capacity: Int) async throws {
    var commands: [RedisCommand] = []
    if let event {
      commands.append(RedisCommand("ZADD", settings.handledKey, "\(event)", "\(event)"))
      if event % Self.pruneEvery == 0 {
        commands.append(RedisCommand("ZREMRANGEBYRANK", settings.handledKey, "0", "\(-capacity - 1)"))
      }
    }
    commands.append(RedisCommand("XACK", settings.stream, settings.group, entry))
    for result in await writer.pipeline(commands, deadline: .now + Self.timeout) { _ = try result.get() }
  }

  /// A script ends at its first error: what was not added is not acknowledged.
  private static let setAside = """
    redis.call('XADD', KEYS[2], '*', unpack(ARGV, 3))
    return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
    """
  private static let maximumReasonCharacters = 500

  /// Moves an entry, with the reason, to where somebody can look at it, and acknowledges it.
  func setAside(_ delivery: Delivery, reason: String) async throws {
    let words =
      ["EVAL", Self.setAside, "2", settings.stream, settings.setAsideKey, settings.group, delivery.entry]
      + delivery.fields
      + ["grupo", settings.group, "entrada", delivery.entry]
      + ["motivo", String(reason.prefix(Self.maximumReasonCharacters))]
    _ = try await writer.send(RedisCommand(words), deadline: .now + Self.timeout)
  }

  // MARK: What waits

  /// How many entries the group has not acknowledged, and how long the oldest of them has been in the stream.
  func waiting() async throws -> (count: Int64, oldestSeconds: Double) {
    var (lastDelivered, count) = ("0-0", Int64(0))
    for group in try await send("XINFO", "GROUPS", settings.stream).elements {
      let words = Array(group.elements)
      func value(_ name: String) -> RedisReply? {
        words.indices.dropLast().first { $0.isMultiple(of: 2) && words[$0].string == name }.map { words[$0 + 1] }
      }
      guard value("name")?.string == settings.group else { continue }
      lastDelivered = value("last-delivered-id")?.string ?? lastDelivered
      // The lag is unknown to Redis where entries were removed from the middle of the stream.
      count = (value("pending")?.integer ?? 0) + (value("lag")?.integer ?? 0)
    }
    let pending = Array(try await send("XPENDING", settings.stream, settings.group).elements)
    let unread = try await send("XRANGE", settings.stream, "(\(lastDelivered)", "+", "COUNT", "1")
    let time = Array(try await send("TIME").elements)
    let first = (pending.count > 1 ? pending[1].string : nil) ?? unread.elements.first { _ in true }?.entry
    guard let first, let since = Double(first.prefix { $0 != "-" }),
      let now = time.first?.string.flatMap({ Double($0) })
    else { return (count, 0) }
    return (count, max(0, now - since / 1_000))
  }

  private static func delivery(_ entry: RedisReply, attempt: Int) -> Delivery? {
    let parts = Array(entry.elements)
    guard parts.count == 2, let id = parts[0].string else { return nil }
    return Delivery(entry: id, fields: parts[1].elements.map { $0.string ?? "" }, attempt: attempt)
  }
}

extension RedisReply {
  /// The identifier of a stream's entry.
  fileprivate var entry: String? { elements.first { _ in true }?.string }
}
