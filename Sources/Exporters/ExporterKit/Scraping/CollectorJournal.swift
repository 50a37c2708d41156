import Catalog
import Logging
import MetricModel
import Synchronization
import Telemetry

/// Remembers from scrape to scrape how each collector did: logs what changes, counts what timed out.
final class CollectorJournal: Sendable {
  private struct State {
    var changes = StateChanges()
    var timeouts: [String: Int] = [:]
  }

  private let logger: Logger
  private let address: String
  private let failure: @Sendable (any Error) -> CollectorFailure
  private let state = Mutex(State())

  /// - Parameters:
  ///   - address: of the target, without secrets.
  ///   - failure: see `ExporterTarget.failure(of:)`.
  init(_ logger: Logger, address: String, failure: @escaping @Sendable (any Error) -> CollectorFailure) {
    self.logger = logger
    self.address = address
    self.failure = failure
  }

  /// - Parameter error: nil where the collector succeeded.
  func note(_ name: String, _ error: (any Error)?) {
    let isAbsent = error is NothingToRead
    let failure = isAbsent ? CollectorFailure(category: "absent", isTimeout: false) : error.map(failure)
    let change = state.withLock { state in
      if failure?.isTimeout == true { state.timeouts[name, default: 0] += 1 }
      return state.changes.note(name, failure?.category)
    }
    let subject: Logger.Metadata = ["collector": "\(name)", "target": "\(address)"]
    switch change {
    case .none: break
    case .works(let again): logger.log(level: again ? .notice : .debug, "the collector works", metadata: subject)
    case .fails where isAbsent: logger.debug("the collector has nothing to read", error: error, metadata: subject)
    case .fails:
      logger.error("the collector fails; while that lasts this is not repeated", error: error, metadata: subject)
    }
  }

  func category(of error: any Error) -> String { failure(error).category }

  func timeouts(of name: String) -> Int { state.withLock { $0.timeouts[name] ?? 0 } }
}
