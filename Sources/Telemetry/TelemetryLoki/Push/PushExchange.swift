import NIOCore
import NIOHTTP1
import Telemetry

/// One request and where its answer goes.
struct PushExchange: Sendable {
  let head: HTTPRequestHead
  let body: ByteBuffer
  let answer: EventLoopPromise<PushAnswer>
}

/// Writes one exchange at a time on a connection that is kept, and reads its answer.
final class PushExchangeHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = PushExchange
  typealias OutboundOut = HTTPClientRequestPart

  /// Of an answer's body; the rest is read and dropped.
  private static let maximumTextBytes = 4 << 10
  /// An answer that goes on is no answer of Loki's.
  private static let maximumBodyBytes = 1 << 20

  private var pending: EventLoopPromise<PushAnswer>?
  private var answer = PushAnswer(status: 0)
  private var text: [UInt8] = []
  private var bodyBytes = 0
  private var isKeptAlive = true

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let exchange = unwrapOutboundIn(data)
    pending?.fail(PushError(description: "another request was begun"))
    pending = exchange.answer
    (text, bodyBytes) = ([], 0)
    context.write(wrapOutboundOut(.head(exchange.head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(exchange.body))), promise: nil)
    context.write(wrapOutboundOut(.end(nil)), promise: promise)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      answer = PushAnswer(status: Int(head.status.code))
      answer.retryAfterSeconds = head.headers.first(name: "Retry-After").flatMap {
        RetryAfter.seconds($0, now: Timestamp.now().seconds)
      }
      isKeptAlive = head.isKeepAlive
    case .body(let bytes):
      text += bytes.readableBytesView.prefix(Self.maximumTextBytes - text.count)
      bodyBytes += bytes.readableBytes
      if bodyBytes > Self.maximumBodyBytes { fail(context, "the answer is longer than 1 MiB") }
    case .end:
      answer.text = String(decoding: text, as: UTF8.self)
      if !isKeptAlive { context.close(promise: nil) }
      // The next request may be written before this returns.
      let answered = pending
      pending = nil
      answered?.succeed(answer)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(context, "the connection was closed")
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(context, PushConnector.text(error)) }

  private func fail(_ context: ChannelHandlerContext, _ reason: String) {
    let failed = pending
    pending = nil
    context.close(promise: nil)
    failed?.fail(PushError(description: reason))
  }
}
