import Catalog
import ExporterKit
import MetricModel
import Redis
import Telemetry

/// The operator's Lua scripts: each returns a list of names and numbers. `redis_script_result` is 1 where that went well,
/// 2 where it returned nothing, 0 where it failed. They keep the server from everybody else while they run: each has the
/// limit, and one that does not end is ended.
struct ScriptsCollector: DialogueCollector {
  let name = "scripts"
  let isDefault = false
  let help = "Los scripts Lua de --script."

  /// For all of them.
  static let maximumRunSeconds = 5
  /// Of the limit, for ending one.
  static let killReserveMilliseconds = 1000
  let limit = Duration.seconds(maximumRunSeconds) + .milliseconds(killReserveMilliseconds)

  func isWanted(_ options: RedisOptions) -> Bool { !options.scripts.isEmpty }

  func read(
    from session: RedisSession, until deadline: ContinuousClock.Instant, into reading: inout RedisReading
  ) async throws {
    let reserve = min(.milliseconds(Self.killReserveMilliseconds), (deadline - .now) / 4)
    // One by one: what was sent behind a script that is ended would run in its place.
    for script in session.options.scripts {
      let file = ScriptFile(script.file)
      do throws(RedisError) {
        let reply = try await session.connection.send(
          RedisCommand("EVAL", script.text, "0", "0"), deadline: deadline - reserve)
        let values = Self.values(of: reply)
        for (name, value) in values ?? [] {
          reading.batch.add(RedisInstance.Scripts.values, Pair(Key(name), file), value)
        }
        reading.batch.add(RedisInstance.Scripts.result, file, values.map { $0.isEmpty ? 2 : 1 } ?? 0)
      } catch {
        switch error.kind {
        case .server: reading.batch.add(RedisInstance.Scripts.result, file, 0)
        case .timedOut: throw await ScriptEnd.kill(script.file, session.connection, until: deadline)
        default: throw error
        }
      }
    }
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
