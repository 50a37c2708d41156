import Synchronization

/// The queue between the sink's thread, the sender's loop and whoever reads statistics. What it reports is told outside
/// the lock, so that whoever listens may look at the statistics.
final class SharedQueue: Sendable {
  private let queue: Mutex<PendingQueue>
  private let onEvent: @Sendable (LokiEvent) -> Void

  init(_ configuration: LokiConfiguration, onEvent: @escaping @Sendable (LokiEvent) -> Void) {
    queue = Mutex(PendingQueue(configuration))
    self.onEvent = onEvent
  }

  func use<Result: Sendable>(_ body: (inout PendingQueue) -> Result) -> Result {
    let (result, events) = queue.withLock { queue in
      let result = body(&queue)
      return (result, queue.takeEvents())
    }
    for event in events { onEvent(event) }
    return result
  }
}
