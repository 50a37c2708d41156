import Catalog
import ExporterKit
import MetricModel
import Redis
import Telemetry

/// The operator's Lua scripts: each returns a list of names and numbers. `redis_script_result` is 1 where that went well,
/// 2 where it returned nothing, 0 where it failed.
struct ScriptsCollector: DialogueCollector {
  let name = "scripts"
  let isDefault = false
  let help = "Los scripts Lua de --script."

  func isWanted(_ options: RedisOptions) -> Bool { !options.scripts.isEmpty }

  func read(
    from session: RedisSession, until deadline: ContinuousClock.Instant, into reading: inout RedisReading
  ) async throws {
    let scripts = session.options.scripts
    let commands = scripts.map { RedisCommand("EVAL", $0.text, "0", "0") }
    let results = await session.connection.pipeline(commands, deadline: deadline)
    for (script, result) in zip(scripts, results) {
      let file = ScriptFile(script.file)
      guard case .success(let reply) = result, let values = Self.values(of: reply) else {
        reading.batch.add(RedisInstance.Scripts.result, file, 0)
        continue
      }
      for (name, value) in values { reading.batch.add(RedisInstance.Scripts.values, Pair(Key(name), file), value) }
      reading.batch.add(RedisInstance.Scripts.result, file, values.isEmpty ? 2 : 1)
    }
    if case .failure(let error)? = results.last, error.kind != .server { throw error }
  }

  /// nil where one is no number.
  private static func values(of reply: RedisReply) -> [(String, Double)]? {
    var values: [(String, Double)] = []
    var elements = reply.elements
    while let name = elements.next()?.string, let value = elements.next() {
      guard let number = value.integer.map(Double.init) ?? value.withText({ $0.double }) else { return nil }
      values.append((name, number))
    }
    return values
  }
}
