import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import TelemetryHTTP

/// Answers a connection's requests on the event loop that reads and writes it, instead of on another thread that has to
/// be woken for each request and has to wake the loop for each answer. What computes for long goes `offLoop`, what blocks
/// has threads of its own.
struct LoopBoundConnections<Connections: ServerChildChannel>: ServerChildChannel {
  let connections: Connections

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Connections.Value> {
    connections.setup(channel: channel, logger: logger)
  }

  func handle(value: Connections.Value, logger: Logger) async {
    await withTaskExecutorPreference(EventLoopTaskExecutor(value.channel.eventLoop)) {
      await connections.handle(value: value, logger: logger)
    }
  }
}
