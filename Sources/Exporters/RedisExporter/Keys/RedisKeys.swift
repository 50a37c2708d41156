import Catalog
import ExporterKit
import MetricModel
import Redis
import Telemetry

/// The keys that `--check-single-keys` names: size, memory and value of each, at every scrape. Three round trips, however
/// many keys.
struct KeysCollector: DialogueCollector {
  let name = "keys"
  let isDefault = false
  let help = "Las claves de --check-single-keys: tamaño, memoria y valor."

  func isWanted(_ options: RedisOptions) -> Bool {
    !options.keys.singleKeys.isEmpty && !options.keys.areInCluster
  }

  func read(
    from session: RedisSession, until deadline: ContinuousClock.Instant, into reading: inout RedisReading
  ) async throws {
    let reader = KeyReader(session, until: deadline)
    for key in try await reader.read(session.options.keys.singleKeys) { key.add(to: &reading.batch) }
  }
}

/// What a key is.
struct KeyFacts: Sendable {
  let place: KeyPlace
  var type = ""
  var size: Double?
  var memoryBytes: Double?
  var value: String?

  func add(to batch: inout SampleBatch) {
    let labels = KeyLabels(database: place.database, key: place.key)
    if let size { batch.add(RedisInstance.Keys.size, labels, size) }
    if let memoryBytes { batch.add(RedisInstance.Keys.memoryUsageBytes, labels, memoryBytes) }
    guard let value, !value.isEmpty else { return }
    if let number = Double(value) {
      batch.add(RedisInstance.Keys.value, labels, number)
    } else {
      batch.add(RedisInstance.Keys.valueAsString, Pair(labels, KeyText(value)), 1)
    }
  }
}

/// Asks about many keys at once. It leaves the connection in the database of the configuration.
struct KeyReader {
  /// A longer value is not exported: it is no metric, and no label.
  static let maximumValueBytes = 1024
  /// Keys that are asked about in one go.
  static let maximumKeysPerTrip = 500

  private let session: RedisSession
  private let deadline: ContinuousClock.Instant

  init(_ session: RedisSession, until deadline: ContinuousClock.Instant) {
    self.session = session
    self.deadline = deadline
  }

  func read(_ places: [KeyPlace]) async throws(RedisError) -> [KeyFacts] {
    var all: [KeyFacts] = []
    for start in stride(from: 0, to: places.count, by: Self.maximumKeysPerTrip) {
      var keys = places[start...].prefix(Self.maximumKeysPerTrip).map { KeyFacts(place: $0) }
      try await readTypes(of: &keys)
      try await readSizes(of: &keys)
      try await readCardinalities(of: &keys)
      all += keys
    }
    return all
  }

  private func readTypes(of keys: inout [KeyFacts]) async throws(RedisError) {
    let answers = try await ask(keys) { key in
      [RedisCommand("TYPE", key.place.key), RedisCommand("MEMORY", "USAGE", key.place.key, name: "MEMORY USAGE")]
    }
    for index in keys.indices {
      keys[index].type = (try? answers[index][0])?.string ?? ""
      if keys[index].type == "none" { keys[index].size = 0 }
      keys[index].memoryBytes = (try? answers[index][1])?.integer.map(Double.init)
    }
  }

  private func readSizes(of keys: inout [KeyFacts]) async throws(RedisError) {
    let readsValues = session.options.keys.exportsValues
    let answers = try await ask(keys) { key in
      guard let command = Self.sizeCommands[key.type] else { return [] }
      let size = RedisCommand(command, key.place.key)
      // The beginning tells a HyperLogLog, too; GETRANGE never brings more than it may.
      let end = readsValues ? Self.maximumValueBytes - 1 : Self.hyperLogLogMark.utf8.count - 1
      return key.type == "string" ? [size, RedisCommand("GETRANGE", key.place.key, "0", "\(end)")] : [size]
    }
    for index in keys.indices where answers[index].count > 0 {
      keys[index].size = (try? answers[index][0])?.integer.map(Double.init)
      guard keys[index].type == "string", let text = (try? answers[index][1])?.string else { continue }
      let isWhole = (keys[index].size ?? 0) <= Double(Self.maximumValueBytes)
      if text.hasPrefix(Self.hyperLogLogMark) {
        keys[index].type = Self.hyperLogLog
      } else if readsValues, isWhole {
        keys[index].value = text
      }
    }
  }

  private func readCardinalities(of keys: inout [KeyFacts]) async throws(RedisError) {
    let answers = try await ask(keys) { key in
      key.type == Self.hyperLogLog ? [RedisCommand("PFCOUNT", key.place.key)] : []
    }
    for index in keys.indices where answers[index].count > 0 {
      // A string that only begins like one keeps its length.
      if let count = (try? answers[index][0])?.integer { keys[index].size = Double(count) }
    }
  }

  private static let sizeCommands = [
    "string": "STRLEN", "list": "LLEN", "set": "SCARD", "zset": "ZCARD", "hash": "HLEN", "stream": "XLEN",
  ]
  private static let hyperLogLog = "HLL"
  /// Source: redis 7.0 `src/hyperloglog.c`, `struct hllhdr`.
  private static let hyperLogLogMark = "HYLL"

  /// - Returns: of each key the answers to its own questions.
  private func ask(
    _ keys: [KeyFacts], _ questions: (KeyFacts) -> [RedisCommand]
  ) async throws(RedisError) -> [RedisAnswers] {
    var dialogue = DatabaseDialogue(session)
    let ranges = keys.map { key in dialogue.add(questions(key), in: key.place.database) }
    return try await dialogue.answers(to: ranges, until: deadline)
  }
}
