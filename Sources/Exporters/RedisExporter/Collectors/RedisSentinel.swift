import Catalog
import ExporterKit
import MetricModel
import Redis
import Telemetry

/// The masters that a Sentinel watches. Two round trips, however many masters. Source:
/// https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/
struct RedisSentinel: DialogueCollector {
  let name = "sentinel"
  let help = "SENTINEL MASTERS: maestros, réplicas y quórum, donde el servidor es un Sentinel."

  /// Of `SENTINEL SENTINELS` and `SLAVES` together.
  static let maximumMasters = 256

  func read(
    from session: RedisSession, until deadline: ContinuousClock.Instant, into reading: inout RedisReading
  ) async throws {
    guard session.mode == .sentinel else { throw NothingToRead("Sentinel at this address") }
    let reply = try await session.connection.send(
      RedisCommand("SENTINEL", "MASTERS", name: "SENTINEL MASTERS"), deadline: deadline)
    let masters = reply.elements.prefix(Self.maximumMasters).map { Fields($0) }.filter { $0["name"]?.string != nil }
    let commands = masters.flatMap { master in
      let name = master["name"]?.string ?? ""
      return ["CKQUORUM", "SENTINELS", "SLAVES"].map { RedisCommand("SENTINEL", $0, name, name: "SENTINEL \($0)") }
    }
    let results = await session.connection.pipeline(commands, deadline: deadline)
    for (index, master) in masters.enumerated() {
      Self.read(master, results[(index * 3)..<(index * 3 + 3)], into: &reading.batch)
    }
    if case .failure(let error)? = results.last, error.kind != .server { throw error }
  }

  private static func read(
    _ master: Fields, _ results: ArraySlice<Result<RedisReply, RedisError>>, into batch: inout SampleBatch
  ) {
    let name = master["name"]?.string ?? ""
    let address = "\(master["ip"]?.string ?? ""):\(master["port"]?.string ?? "")"
    let labels = WatchedMaster(name: name, address: address)
    let replies = Array(results)
    switch replies[0] {
    case .success(let reply): add(name, reply.string ?? "", 1, to: &batch)
    case .failure(let error): add(name, error.message, 0, to: &batch)
    }
    for (field, family) in settings {
      batch.add(family, labels, master[field]?.withText { $0.double } ?? 0)
    }
    // This one counts itself.
    batch.add(RedisInstance.Sentinel.masterOKSentinels, labels, Double(1 + healthy(replies[1])))
    batch.add(RedisInstance.Sentinel.masterOKSlaves, labels, Double(healthy(replies[2])))
  }

  private static func add(_ name: String, _ message: String, _ value: Double, to batch: inout SampleBatch) {
    batch.add(RedisInstance.Sentinel.masterQuorumStatus, Pair(MasterName(name), QuorumMessage(message)), value)
  }

  private static let settings = [
    ("quorum", RedisInstance.Sentinel.masterQuorum),
    ("failover-timeout", RedisInstance.Sentinel.masterFailoverTimeout),
    ("parallel-syncs", RedisInstance.Sentinel.masterParallelSyncs),
    ("down-after-milliseconds", RedisInstance.Sentinel.masterDownAfter),
  ]

  private static func healthy(_ result: Result<RedisReply, RedisError>) -> Int {
    guard case .success(let reply) = result else { return 0 }
    return reply.elements.count { peer in
      guard let flags = Fields(peer)["flags"]?.string else { return false }
      return !flags.contains("o_down") && !flags.contains("s_down")
    }
  }

  /// A line of `# Sentinel`: `master0:name=user03,status=sdown,address=192.169.2.52:6381,slaves=1,sentinels=5`.
  static func readInfo(_ name: Bytes, _ value: Bytes, into batch: inout SampleBatch) {
    for (field, family) in figures where name == field {
      batch.add(family, value.double ?? 0)
      return
    }
    guard name.hasPrefix("master"), name.from(6).integer != nil else { return }
    var (master, status, address) = ("", "", "")
    var (slaves, sentinels): (Double?, Double?) = (nil, nil)
    value.forEachPair { key, value in
      if key == "name" { master = value.string }
      if key == "status" { status = value.string }
      if key == "address" { address = value.string }
      if key == "slaves" { slaves = value.double }
      if key == "sentinels" { sentinels = value.double }
    }
    guard let slaves, let sentinels else { return }
    let labels = WatchedMaster(name: master, address: address)
    batch.add(
      RedisInstance.Sentinel.masterStatus, Pair(labels, MasterStatus(status)), status == "ok" ? 1 : 0)
    batch.add(RedisInstance.Sentinel.masterSlaves, labels, slaves)
    batch.add(RedisInstance.Sentinel.masterSentinels, labels, sentinels)
  }

  private static let figures: [(StaticString, Family<Gauge, NoLabels>)] = [
    ("sentinel_masters", RedisInstance.Sentinel.masters), ("sentinel_tilt", RedisInstance.Sentinel.tilt),
    ("sentinel_running_scripts", RedisInstance.Sentinel.runningScripts),
    ("sentinel_scripts_queue_length", RedisInstance.Sentinel.scriptsQueueLength),
    ("sentinel_simulate_failure_flags", RedisInstance.Sentinel.simulateFailureFlags),
  ]
}
