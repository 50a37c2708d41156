import ExporterKit
import Redis

/// Ends a script that the server still runs when nobody waits for it any more: `SCRIPT KILL`, on a connection of its
/// own, since the script's own is closed. Redis takes no command at all before the script has run for
/// `busy-reply-threshold` (5 s unless configured), so that this one may have to wait longer than the scrape. Source:
/// https://redis.io/docs/latest/commands/script-kill/
enum ScriptEnd {
  /// Beyond it nobody waits for the server to take the command.
  static let maximumWaitSeconds = 30

  /// Before ours there may be another's, and ours may begin when that is ended.
  private static let maximumAttempts = 4

  private enum Outcome {
    case ended
    case refused(RedisError)
    case waits
  }

  /// - Parameters:
  ///   - script: whose script it is, for the message.
  ///   - deadline: what is not known by then is not told; the command goes on.
  /// - Returns: what became of the script, as the failure of whoever waited for it.
  static func kill(
    _ script: String, _ connection: RedisConnection, until deadline: ContinuousClock.Instant
  ) async -> RedisError {
    var place = connection.configuration
    // SELECT and CLIENT SETNAME are refused while a script runs.
    (place.database, place.clientName) = (0, nil)
    let (outcomes, listener) = AsyncStream.makeStream(of: Outcome.self)
    Task { [place] in listener.yield(await kill(at: place)) }
    let timer = Task {
      if (try? await Task.sleep(until: deadline, clock: .continuous)) != nil { listener.yield(.waits) }
    }
    defer { timer.cancel() }
    var first = outcomes.makeAsyncIterator()
    let end = "the script \(script) did not end in time"
    switch await first.next() ?? .waits {
    case .ended: return RedisError(.timedOut, "\(end), and was ended")
    case .waits: return RedisError(.timedOut, "\(end); Redis ends it after its busy-reply-threshold")
    case .refused(let error) where error.code == "UNKILLABLE":
      return RedisError(
        .timedOut, "\(end), and goes on: it has written, so that Redis does not end it", code: error.code)
    case .refused(let error):
      return RedisError(.timedOut, "\(end), and SCRIPT KILL failed: \(error.message)", code: error.code)
    }
  }

  private static func kill(at place: RedisConfiguration) async -> Outcome {
    let end = ContinuousClock.now + .seconds(maximumWaitSeconds)
    do throws(RedisError) {
      let connection = try await RedisConnection.connect(place, deadline: end)
      let outcome = await kill(on: connection, until: end)
      await connection.close()
      return outcome
    } catch {
      return .refused(error)
    }
  }

  private static func kill(on connection: RedisConnection, until end: ContinuousClock.Instant) async -> Outcome {
    for _ in 0..<maximumAttempts {
      do throws(RedisError) {
        _ = try await connection.send(RedisCommand("SCRIPT", "KILL", name: "SCRIPT KILL"), deadline: end)
      } catch {
        // Where none runs it has ended by itself, or not begun: then the next command finds the server busy.
        guard error.code == "NOTBUSY" else { return .refused(error) }
      }
      do throws(RedisError) {
        _ = try await connection.send(RedisCommand("PING"), deadline: end)
      } catch  where error.code == "BUSY" {
        continue
      } catch {
        // Whoever may not ask for a PING is answered by a server that is not busy.
        return error.kind == .server ? .ended : .refused(error)
      }
      return .ended
    }
    return .refused(RedisError(.server, "the server is still busy", code: "BUSY"))
  }
}
