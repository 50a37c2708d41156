import Catalog
import ExporterKit
import MetricModel
import Redis
import Telemetry

/// `CONFIG GET`: limits of clients, memory, threads and output buffers; every other setting where a flag asks for it.
/// Secrets are never exported, whatever the flags say. Costs the server some 10 microseconds, all settings 100.
struct ConfigCollector: PipelinedCollector {
  let name = "config"
  let help = "CONFIG GET: límites; con --include-config-metrics, toda la configuración salvo las claves."

  func questions(to session: RedisSession) -> [RedisCommand] {
    guard let config = session.options.configCommand, session.mode != .sentinel else { return [] }
    if session.options.includesConfigMetrics { return [RedisCommand(config, "GET", "*", name: "CONFIG GET")] }
    // Several at once since Redis 7.
    if session.version >= 70_000 { return [RedisCommand([config, "GET"] + Self.settings, name: "CONFIG GET")] }
    return Self.settings.map { RedisCommand(config, "GET", $0, name: "CONFIG GET") }
  }

  private static let settings = ["io-threads", "maxclients", "maxmemory", "client-output-buffer-limit"]

  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading
  ) throws(RedisError) {
    for index in 0..<answers.count {
      var pairs = try answers[index].elements
      while let key = pairs.next(), let value = pairs.next() {
        guard let name = key.string, let text = value.string else { continue }
        if session.options.includesConfigMetrics, !Self.isSecret(name) {
          reading.batch.add(RedisInstance.Settings.keyValue, Pair(Key(name), Value(text)), 1)
          if let number = Double(text) { reading.batch.add(RedisInstance.Settings.value, Key(name), number) }
        }
        Self.readLimit(name, text, into: &reading.batch)
      }
    }
  }

  /// `requirepass`, `masterauth`, `tls-key-file-pass`, `tls-client-key-file-pass`, a module's `…-password`.
  static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return name == "masterauth" || name.hasSuffix("pass") || name.contains("password") || name.contains("secret")
      || name.contains("token")
  }

  private static func readLimit(_ name: String, _ text: String, into batch: inout SampleBatch) {
    switch name {
    case "io-threads": add(RedisInstance.Settings.ioThreads, text, into: &batch)
    case "maxclients": add(RedisInstance.Settings.maximumClients, text, into: &batch)
    case "maxmemory": add(RedisInstance.Settings.maximumMemory, text, into: &batch)
    case "client-output-buffer-limit": readBufferLimits(text, into: &batch)
    default: break
    }
  }

  private static func add(_ family: Family<Gauge, NoLabels>, _ text: String, into batch: inout SampleBatch) {
    if let number = Double(text) { batch.add(family, number) }
  }

  /// `normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60`: class, hard and soft limit, seconds.
  private static func readBufferLimits(_ text: String, into batch: inout SampleBatch) {
    let words = text.split(separator: " ")
    for start in stride(from: 0, to: words.count - 3, by: 4) {
      let name = ClientClass(String(words[start]))
      let (hard, soft) = (Pair(name, LimitKind("hard")), Pair(name, LimitKind("soft")))
      if let bytes = Double(words[start + 1]) {
        batch.add(RedisInstance.Settings.outputBufferLimitBytes, hard, bytes)
      }
      if let bytes = Double(words[start + 2]) {
        batch.add(RedisInstance.Settings.outputBufferLimitBytes, soft, bytes)
      }
      if let seconds = Double(words[start + 3]) {
        batch.add(RedisInstance.Settings.outputBufferLimitSeconds, soft, seconds)
      }
    }
  }
}
