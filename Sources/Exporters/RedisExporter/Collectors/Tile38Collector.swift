import ExporterKit
import Redis
import Telemetry

/// `SERVER EXT` of Tile38: a flat list of names and values. Untested against a real one.
struct Tile38Collector: PipelinedCollector {
  let name = "tile38"
  let isDefault = false
  let help = "SERVER EXT de Tile38; también con --is-tile38."

  func isWanted(_ options: RedisOptions) -> Bool { options.isTile38 }

  func questions(to session: RedisSession) -> [RedisCommand] { [Self.command] }

  private static let command = RedisCommand("SERVER", "EXT")
  private static let prefix = "tile38_"

  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading
  ) throws(RedisError) {
    var pairs = try answers[0].elements
    while let key = pairs.next()?.string, let value = pairs.next() {
      let name = key.hasPrefix(Self.prefix) ? key : Self.prefix + key
      Array(name.utf8).withUnsafeBytes { name in
        value.withText { InfoCollector.plainReader.readField(Bytes(name), $0, into: &reading.batch) }
      }
    }
  }
}
