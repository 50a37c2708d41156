import NIOCore

/// The open connections of one server, touched on its event loop alone.
final class Connections {
  private let limits: ServerLimits
  private let loop: any EventLoop
  /// Where pages are made.
  let executor: EventLoopTaskExecutor
  private var open: [ObjectIdentifier: ConnectionHandler] = [:]
  private var drained: EventLoopPromise<Void>?

  init(_ limits: ServerLimits, on loop: any EventLoop) {
    self.limits = limits
    self.loop = loop
    executor = EventLoopTaskExecutor(loop)
  }

  /// False where there is no room: the connection is to be closed.
  func admit(_ connection: ConnectionHandler) -> Bool {
    guard drained == nil else { return false }
    open[ObjectIdentifier(connection)] = connection
    guard open.count > limits.maximumConnections else { return true }
    let idle = open.values.filter { $0.isWaiting && $0 !== connection }
    guard let oldest = idle.min(by: { $0.waitingSince < $1.waitingSince }) else { return false }
    oldest.close()
    return true
  }

  func remove(_ connection: ConnectionHandler) {
    open[ObjectIdentifier(connection)] = nil
    if open.isEmpty { drained?.succeed() }
  }

  /// Ends every connection after the answer under way, and all at the timeout. The future succeeds when none is open.
  func drain() -> EventLoopFuture<Void> {
    let promise = drained ?? loop.makePromise()
    drained = promise
    for connection in open.values { connection.quiesce() }
    if open.isEmpty { promise.succeed() }
    loop.assumeIsolated().scheduleTask(in: .seconds(Int64(limits.shutdownTimeoutSeconds))) {
      for connection in self.open.values { connection.close() }
    }
    return promise.futureResult
  }
}
