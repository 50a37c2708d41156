import Catalog
import Redis
import Telemetry

/// One scan: `SCAN`, never `KEYS`. Source: https://redis.io/docs/latest/commands/scan/
struct KeyScan {
  /// Keys that the server walks over for one pattern.
  static let maximumScannedKeys = 2_000_000
  /// Keys that match and are asked about, all patterns together: each has up to three series.
  static let maximumMatchedKeys = 10_000

  private let sessions: [RedisSession]
  private let deadline: ContinuousClock.Instant
  private let options: KeyOptions
  private var findings = KeySurvey.Findings()
  private var matched = 0

  /// - Parameter sessions: of the server, or of all masters of a cluster.
  init(_ sessions: [RedisSession], _ options: KeyOptions, until deadline: ContinuousClock.Instant) {
    self.sessions = sessions
    self.options = options
    self.deadline = deadline
  }

  mutating func run() async throws(RedisError) -> KeySurvey.Findings {
    for session in sessions {
      // A node of a cluster answers for its own keys alone.
      let keys = try await expand(options.keyPatterns, session) + (options.areInCluster ? options.singleKeys : [])
      for key in try await KeyReader(session, until: deadline).read(keys) { key.add(to: &findings.batch) }
      let streams =
        try await expand(options.streamPatterns, session) + (options.areInCluster ? options.singleStreams : [])
      try await StreamReader(session, until: deadline).read(streams, into: &findings.batch)
    }
    try await countKeys()
    if !options.groupPatterns.isEmpty { try await readGroups() }
    return findings
  }

  /// The keys that match.
  private mutating func expand(
    _ patterns: [KeyPlace], _ session: RedisSession
  ) async throws(RedisError) -> [KeyPlace] {
    var found: [KeyPlace] = []
    var seen: Set<KeyPlace> = []
    let room = Self.maximumMatchedKeys - matched
    for pattern in patterns {
      try await walk(pattern, session) { keys in
        // SCAN may return a key more than once.
        for key in keys {
          guard let name = key.string else { continue }
          let place = KeyPlace(database: pattern.database, key: name)
          if seen.count < room, seen.insert(place).inserted { found.append(place) }
        }
      }
    }
    if seen.count == room, !patterns.isEmpty { findings.isComplete = false }
    matched += seen.count
    return found
  }

  private mutating func countKeys() async throws(RedisError) {
    for place in options.countedKeys {
      var count = 0
      for session in sessions { try await walk(place, session) { count += $0.count } }
      findings.batch.add(
        RedisInstance.Keys.count, KeyLabels(database: place.database, key: place.key), Double(count))
    }
  }

  private mutating func walk(
    _ pattern: KeyPlace, _ session: RedisSession, _ receive: (RedisReply.Elements) -> Void
  ) async throws(RedisError) {
    let options = options
    let size = "\(options.batchSize)"
    try await steps(in: pattern.database, session) { cursor in
      RedisCommand("SCAN", cursor, "MATCH", pattern.key, "COUNT", size)
    } receive: { found in
      receive(found.elements)
      // The server says what matches, not what it walked over.
      return options.batchSize
    }
  }

  private mutating func readGroups() async throws(RedisError) {
    let start = ContinuousClock.now
    let options = options
    for database in 0..<(sessions.first?.databases ?? 0) {
      var groups = KeyGroups()
      for session in sessions {
        try await steps(in: database, session) { cursor in
          KeyGroups.command(cursor: cursor, patterns: options.groupPatterns, batchSize: options.batchSize)
        } receive: {
          max(groups.add($0), 1)
        }
      }
      groups.add(to: &findings.batch, database: database, maximumGroups: options.maximumGroups)
    }
    findings.groupsDuration = .now - start
  }

  /// Steps of a walk over a database's keys, each a round trip of its own between which the server serves others.
  /// - Parameter receive: what a step found; it returns how many keys the server walked over.
  private mutating func steps(
    in database: Int, _ session: RedisSession, _ command: (_ cursor: String) -> RedisCommand,
    receive: (RedisReply) -> Int
  ) async throws(RedisError) {
    var (cursor, walked) = ("0", 0)
    repeat {
      guard .now < deadline, walked < Self.maximumScannedKeys else {
        findings.isComplete = false
        return
      }
      var dialogue = DatabaseDialogue(session)
      let range = dialogue.add([command(cursor)], in: database)
      let answers = try await dialogue.answers(to: [range], until: deadline)
      var parts = try answers[0][0].elements
      guard let next = parts.next()?.string, let found = parts.next() else {
        throw RedisError(.decoding, "SCAN does not answer a cursor and keys")
      }
      walked += receive(found)
      cursor = next
    } while cursor != "0"
  }
}
