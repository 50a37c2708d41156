import Synchronization

/// One run for all who ask while it runs.
package final class SingleFlight<Value: Sendable>: Sendable {
  private let run: @Sendable () async throws -> Value
  private let running = Mutex<Task<Value, any Error>?>(nil)

  package init(_ run: @escaping @Sendable () async throws -> Value) { self.run = run }

  /// Of the run that is on its way, or of a new one.
  package var value: Value {
    get async throws {
      let task = running.withLock { running in
        if let running { return running }
        let task = Task {
          defer { self.running.withLock { $0 = nil } }
          return try await run()
        }
        running = task
        return task
      }
      return try await task.value
    }
  }
}
