/// For what computes for milliseconds without a pause: on a thread of the pool, so that the connections of the event loop
/// do not wait for it.
package func offLoop<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
  try await withTaskExecutorPreference(globalConcurrentExecutor, operation: work)
}
