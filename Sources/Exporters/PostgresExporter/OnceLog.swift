import Logging
import Synchronization

/// Says of each subject once a process what would otherwise be said at every scrape.
final class OnceLog: Sendable {
  /// Past it new subjects are silent: a query whose columns change their names must not fill the memory.
  static let maximumSubjects = 1_000

  private let logger: Logger
  private let subjects = Mutex<Set<String>>([])

  init(_ logger: Logger) { self.logger = logger }

  func notice(_ message: Logger.Message, about subject: String, metadata: Logger.Metadata) {
    let isNew = subjects.withLock { $0.count < Self.maximumSubjects && $0.insert(subject).inserted }
    if isNew { logger.notice(message, metadata: metadata) }
  }
}
