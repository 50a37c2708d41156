import Synchronization

/// Collectors whose reading hangs in the kernel from an earlier scrape: they are not begun again before it has come
/// back. So a collector leaves no more than its own thread behind, and, where it reads with several, those that
/// `SlowReading` and `MountProbes` count for it, 16 each.
final class StuckCollectors: Sendable {
  private let running = Mutex<Set<String>>([])

  /// - Returns: false where a reading of this collector still runs.
  func begin(_ name: String) -> Bool { running.withLock { $0.insert(name).inserted } }

  func end(_ name: String) { running.withLock { _ = $0.remove(name) } }
}

/// The collector did not end within its limit.
struct CollectorTimeout: Error, CustomStringConvertible {
  var description: String { "not finished within its limit; the reading was given up" }
}

/// The collector's reading of an earlier scrape has not come back yet.
struct CollectorStuck: Error, CustomStringConvertible {
  var description: String { "a reading of an earlier scrape still hangs in the kernel" }
}

/// The system has no thread left.
struct ThreadShortage: Error, CustomStringConvertible {
  var description: String { "no thread could be started: raise the limit on processes (ulimit -u, TasksMax)" }
}
