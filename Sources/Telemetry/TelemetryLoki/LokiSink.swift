import Dispatch
import NIOCore
import NIOPosix
import Telemetry

/// Pushes records to Loki. `write` takes them to disk or memory and returns; an event loop of one thread, of its own,
/// sends them, so that a receiver that hangs holds up nobody.
///
/// With a directory and `Durability.writeAhead` a record that was given is sent, by this process or its successor in the
/// directory, or counted: beyond the budget, refused by the receiver, or in a damaged file. `kill -9` loses only what was
/// not given yet: what waits in the pipeline before the sink. After a crash some are sent twice with the same time,
/// labels and line, which Loki drops.
public final class LokiSink: LogSink {
  private let queue: SharedQueue
  private let group: MultiThreadedEventLoopGroup
  private let loop: any EventLoop
  private let sender: NIOLoopBoundBox<PushSender>
  private var encoder: EntryEncoder
  private var isFinished = false

  /// What an earlier process left in the directory is sent at once. Nothing is read or sent on the caller's thread.
  /// `onEvent` is called on the sink's thread or its loop's; it must neither log nor block.
  public init(_ configuration: LokiConfiguration, onEvent: @escaping @Sendable (LokiEvent) -> Void) {
    queue = SharedQueue(configuration, onEvent: onEvent)
    encoder = EntryEncoder(configuration)
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    loop = group.next()
    sender = NIOLoopBoundBox.makeBoxSendingValue(PushSender(configuration, queue, on: loop), eventLoop: loop)
    loop.execute { [sender] in sender.value.start() }
  }

  /// A moment's numbers; from any thread.
  public var statistics: LokiStatistics { queue.use { $0.statistics } }

  /// For whoever exposes metrics, and outlives the sink's use on its thread.
  public var readStatistics: @Sendable () -> LokiStatistics { { [queue] in queue.use { $0.statistics } } }

  public func write(_ records: [LogRecord]) {
    let (block, truncatedCount) = encoder.encode(records)
    let wake = queue.use { $0.append(block, truncatedCount: truncatedCount) }
    if wake != .never { self.wake(wake) }
  }

  /// Sends what waits until the deadline or the first failure. What is left stays on disk for the next process, or is
  /// counted as lost where there is none.
  public func finish(until deadline: Timestamp) {
    guard !isFinished else { return }
    isFinished = true
    let isDone = DispatchSemaphore(value: 0)
    loop.execute { [sender] in sender.value.finish { isDone.signal() } }
    _ = isDone.wait(timeout: .now() + max(0, deadline.secondsFromNow))
    loop.execute { [sender] in sender.value.end() }
    queue.use { $0.close() }
    group.shutdownGracefully { _ in }
  }

  private func wake(_ wake: PendingQueue.Wake) { loop.execute { [sender] in sender.value.wake(wake) } }
}

extension Timestamp {
  fileprivate var secondsFromNow: Double {
    let now = Timestamp.now()
    return Double(seconds - now.seconds) + Double(nanoseconds - now.nanoseconds) / 1e9
  }
}
