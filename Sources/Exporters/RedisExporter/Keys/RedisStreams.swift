import Catalog
import ExporterKit
import MetricModel
import Redis
import Telemetry

/// The streams that `--check-single-streams` names, with their groups and consumers, at every scrape. Two round trips,
/// however many streams. Source: https://redis.io/docs/latest/commands/xinfo-stream/
struct StreamsCollector: DialogueCollector {
  let name = "streams"
  let isDefault = false
  let help = "Los streams de --check-single-streams, con grupos y consumidores."

  func isWanted(_ options: RedisOptions) -> Bool {
    !options.keys.singleStreams.isEmpty && !options.keys.areInCluster
  }

  func read(
    from session: RedisSession, until deadline: ContinuousClock.Instant, into reading: inout RedisReading
  ) async throws {
    let reader = StreamReader(session, until: deadline)
    try await reader.read(session.options.keys.singleStreams, into: &reading.batch)
  }
}

/// Asks about many streams at once.
struct StreamReader {
  private struct Group {
    let stream: KeyPlace
    let name: String
    var labels: StreamGroupLabels {
      StreamGroupLabels(StreamLabels(database: stream.database, stream: stream.key), group: name)
    }
  }

  private let session: RedisSession
  private let deadline: ContinuousClock.Instant

  init(_ session: RedisSession, until deadline: ContinuousClock.Instant) {
    self.session = session
    self.deadline = deadline
  }

  func read(_ places: [KeyPlace], into batch: inout SampleBatch) async throws(RedisError) {
    var dialogue = DatabaseDialogue(session)
    let ranges = places.map { place in
      dialogue.add(
        [
          RedisCommand("XINFO", "STREAM", place.key, name: "XINFO STREAM"),
          RedisCommand("XINFO", "GROUPS", place.key, name: "XINFO GROUPS"),
        ], in: place.database)
    }
    let answers = try await dialogue.answers(to: ranges, until: deadline)
    var groups: [Group] = []
    for (place, answer) in zip(places, answers) {
      guard let stream = try? answer[0] else { continue }
      Self.read(
        Fields(stream), Self.streamFields, StreamLabels(database: place.database, stream: place.key), into: &batch)
      for reply in (try? answer[1])?.elements.map({ $0 }) ?? [] {
        let fields = Fields(reply)
        let group = Group(stream: place, name: fields["name"]?.string ?? "")
        Self.read(fields, Self.groupFields, group.labels, into: &batch)
        groups.append(group)
      }
    }
    if !session.options.keys.excludesConsumers { try await readConsumers(of: groups, into: &batch) }
  }

  private func readConsumers(of groups: [Group], into batch: inout SampleBatch) async throws(RedisError) {
    guard !groups.isEmpty else { return }
    var dialogue = DatabaseDialogue(session)
    let ranges = groups.map { group in
      dialogue.add(
        [RedisCommand("XINFO", "CONSUMERS", group.stream.key, group.name, name: "XINFO CONSUMERS")],
        in: group.stream.database)
    }
    for (group, answer) in zip(groups, try await dialogue.answers(to: ranges, until: deadline)) {
      guard let consumers = try? answer[0] else { continue }
      for consumer in consumers.elements {
        let fields = Fields(consumer)
        let labels = StreamConsumerLabels(group.labels, consumer: fields["name"]?.string ?? "")
        batch.add(RedisInstance.Streams.consumerPending, labels, Double(fields["pending"]?.integer ?? 0))
        batch.add(RedisInstance.Streams.consumerIdleSeconds, labels, Double(fields["idle"]?.integer ?? 0) / 1000)
      }
    }
  }

  private static let streamFields = [
    ("length", RedisInstance.Streams.length), ("radix-tree-keys", RedisInstance.Streams.radixTreeKeys),
    ("radix-tree-nodes", RedisInstance.Streams.radixTreeNodes),
    ("last-generated-id", RedisInstance.Streams.lastGeneratedID), ("groups", RedisInstance.Streams.groups),
    ("max-deleted-entry-id", RedisInstance.Streams.maximumDeletedEntryID),
    ("first-entry", RedisInstance.Streams.firstEntryID), ("last-entry", RedisInstance.Streams.lastEntryID),
  ]
  private static let groupFields = [
    ("consumers", RedisInstance.Streams.groupConsumers), ("pending", RedisInstance.Streams.groupPending),
    ("last-delivered-id", RedisInstance.Streams.groupLastDeliveredID),
    ("entries-read", RedisInstance.Streams.groupEntriesRead), ("lag", RedisInstance.Streams.groupLag),
  ]

  private static func read<L: LabelSet>(
    _ fields: Fields, _ families: [(String, Family<Gauge, L>)], _ labels: L, into batch: inout SampleBatch
  ) {
    for (name, family) in families { batch.add(family, labels, fields[name].map(number) ?? 0) }
  }

  /// An integer; of an entry or its identifier (`1526919030474-55`) the milliseconds; 0 where the server does not know.
  private static func number(_ reply: RedisReply) -> Double {
    var elements = reply.elements
    let value = elements.next() ?? reply
    if let integer = value.integer { return Double(integer) }
    return value.withText { text in (text.cut(at: UInt8(ascii: "-"))?.0 ?? text).double } ?? 0
  }
}

/// A list of names and values, as a look-up.
struct Fields {
  private var values: [String: RedisReply] = [:]

  init(_ reply: RedisReply) {
    var elements = reply.elements
    while let key = elements.next(), let value = elements.next() {
      if let name = key.string { values[name] = value }
    }
  }

  subscript(name: String) -> RedisReply? { values[name] }
}
