import Synchronization

/// What was asked of a target since the process started. Safe from any thread; an addition costs an atomic.
package final class TargetUsage: Sendable {
  private let queryCount = Atomic(0)
  private let byteCount = Atomic(0)

  package init() {}

  /// Statements, commands or files.
  package func addQueries(_ count: Int) { queryCount.wrappingAdd(count, ordering: .relaxed) }

  /// Read from the target.
  package func addBytes(_ count: Int) { byteCount.wrappingAdd(count, ordering: .relaxed) }

  package var queries: Int { queryCount.load(ordering: .relaxed) }
  package var bytes: Int { byteCount.load(ordering: .relaxed) }
}
