import Catalog
import ExporterKit
import Redis
import Telemetry

/// What the last scan for keys found (`--check-keys`, `--check-streams`, `--count-keys`, `--check-key-groups`), with its
/// age. Costs a scrape nothing but the samples; the scan itself runs in the background.
struct SurveyCollector: DialogueCollector {
  let name = "key_scan"
  let isDefault = false
  let help = "Lo que se busca con SCAN: --check-keys, --check-streams, --count-keys y --check-key-groups."

  func isWanted(_ options: RedisOptions) -> Bool { options.keys.needsScan }

  func read(
    from session: RedisSession, until deadline: ContinuousClock.Instant, into reading: inout RedisReading
  ) async throws {
    guard let findings = try await session.survey?.findings(until: deadline) else { return }
    reading.batch.append(findings.batch)
    reading.batch.add(RedisInstance.Survey.ageSeconds, (.now - findings.ended) / .seconds(1))
    reading.batch.add(RedisInstance.Survey.durationSeconds, findings.duration / .seconds(1))
    let milliseconds = (findings.groupsDuration / .milliseconds(1)).rounded(.down)
    reading.batch.add(RedisInstance.KeyGroups.scrapeDuration, milliseconds)
    reading.batch.add(RedisInstance.Survey.isComplete, findings.isComplete ? 1 : 0)
  }
}
