import Logging
import ServiceLifecycle
import Synchronization

/// A question to the database whose answer is exported: asked in the background, so that a scrape costs the database
/// nothing. While the database is away there is no answer: an old one would look alive.
final class Census<Answer: Sendable>: Service {
  /// One scrape's interval: the answer is that of the last scrape at worst.
  private var refreshSeconds: Int { 15 }

  private let subject: String
  private let logger: Logger
  private let ask: @Sendable () async throws -> Answer?
  private let latest = Mutex<Answer?>(nil)

  /// - Parameter subject: what cannot be counted when it fails, for the log: `products by category`.
  init(_ subject: String, logger: Logger, ask: @escaping @Sendable () async throws -> Answer?) {
    self.subject = subject
    self.logger = logger
    self.ask = ask
  }

  var answer: Answer? { latest.withLock { $0 } }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var isFailing = false
      while !Task.isCancelled {
        do {
          let answer = try await self.ask()
          self.latest.withLock { $0 = answer }
          isFailing = false
        } catch {
          self.latest.withLock { $0 = nil }
          if !isFailing, !Task.isCancelled {
            self.logger.warning("cannot count \(self.subject)", metadata: ["cause": "\(error)"])
          }
          isFailing = true
        }
        try? await Task.sleep(for: .seconds(self.refreshSeconds))
      }
    }
  }
}
