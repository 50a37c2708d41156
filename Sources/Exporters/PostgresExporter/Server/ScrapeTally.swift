import Catalog
import ExporterKit
import MetricModel
import Synchronization
import Telemetry

/// Puts together what a collector reads in several databases and on several servers, and tells it as one: what was read
/// is served, and one failure among its parts is the collector's. Safe from any thread.
final class ScrapeTally: Sendable {
  private struct Entry {
    var batch = SampleBatch()
    var succeeded = false
    var error: (any Error)?
    /// A part did not come to its turn.
    var isIncomplete = false
    /// Of the oldest answer that is served again.
    var age: Duration?
    var hasBegun = false
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var databases = SampleBatch()
  }

  private let progress: ScrapeProgress
  private let state = Mutex(State())

  init(_ progress: ScrapeProgress) { self.progress = progress }

  func targetAnswered() { progress.targetAnswered() }

  func begin(_ name: String) {
    let isFirst = state.withLock { state in
      defer { state.entries[name, default: Entry()].hasBegun = true }
      return state.entries[name]?.hasBegun != true
    }
    if isFirst { progress.begin(name) }
  }

  /// - Parameter age: of an answer that was given before.
  func succeed(_ name: String, with batch: SampleBatch, age: Duration? = nil) {
    state.withLock { state in
      var entry = state.entries.removeValue(forKey: name) ?? Entry()
      entry.succeeded = true
      if entry.batch.families.isEmpty { entry.batch = batch } else { entry.batch.append(batch) }
      if let age { entry.age = max(entry.age ?? .zero, age) }
      state.entries[name] = entry
    }
  }

  /// The first failure counts, but a subject that is absent in one place is none where there is another.
  func fail(_ name: String, _ error: any Error) {
    state.withLock { state in
      let before = state.entries[name]?.error
      if before == nil || before is NothingToRead { state.entries[name, default: Entry()].error = error }
    }
  }

  /// A part of it did not come to its turn, because of another's failure: it counts as failed, and is not told.
  func miss(_ name: String) { state.withLock { $0.entries[name, default: Entry()].isIncomplete = true } }

  /// Whether a database could be reached.
  func note(_ database: DatabaseName, _ server: ServerLabel, isUp: Bool) {
    state.withLock { $0.databases.add(PG.ScrapedDatabases.up, .init(database, server), isUp ? 1 : 0) }
  }

  /// Tells the end of a collector of which nothing more is to come.
  func end(_ name: String) {
    guard let entry = state.withLock({ $0.entries.removeValue(forKey: name) }) else { return }
    if let age = entry.age {
      var own = SampleBatch()
      own.add(PG.ScrapedDatabases.answerAge, CollectorLabel(name), age / .seconds(1))
      progress.add(own)
    }
    if let error = entry.error, !(error is NothingToRead && entry.succeeded) {
      // What was read elsewhere is served all the same.
      progress.add(entry.batch)
      progress.fail(name, error)
    } else if entry.isIncomplete {
      progress.add(entry.batch)
    } else if entry.succeeded {
      progress.succeed(name, with: entry.batch)
    }
  }

  /// Tells the end of all, and what is told of no collector.
  func end() {
    let (names, databases) = state.withLock { ($0.entries.keys.sorted(), $0.databases) }
    for name in names { end(name) }
    progress.add(databases)
  }
}
