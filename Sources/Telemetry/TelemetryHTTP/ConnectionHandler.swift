import Compression
import Logging
import NIOCore
import NIOHTTP1

/// Carries out what `ConnectionState` decides, on the server's one event loop.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let router: Router
  private let limits: ServerLimits
  private let connections: Connections
  private let logger: Logger
  private var state: ConnectionState
  private var context: ChannelHandlerContext?
  private var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
  private var pending = PendingRequest()
  /// What is left of the answer under way, and who makes it.
  private var chunks: PageChunks?
  private var production: Task<Void, Never>?
  private var timer: Scheduled<Void>?
  private(set) var waitingSince = NIODeadline.now()

  var isWaiting: Bool { state.isWaiting }

  init(_ router: Router, _ limits: ServerLimits, _ connections: Connections, _ logger: Logger) {
    self.router = router
    self.limits = limits
    self.connections = connections
    self.logger = logger
    state = ConnectionState(maximumBodyBytes: limits.maximumBodyBytes)
  }

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    startTimer()
    if !connections.admit(self) { context.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    production?.cancel()
    chunks = nil
    self.context = nil
    connections.remove(self)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): receive(.head(head))
    case .body(let bytes): receive(.body(byteCount: bytes.readableBytes))
    case .end: receive(.end)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { receive(.inputEnded) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if error is HTTPParserError { receive(.malformed) } else { close() }
  }

  /// The answer under way is the last; without one the connection is closed.
  func quiesce() { perform { $0.quiesce() } }

  func close() { context?.close(promise: nil) }

  private func receive(_ part: PendingRequest.Part) {
    guard state.phase != .sending else { return pending.append(part) }
    switch part {
    case .head(let head):
      self.head = head
      perform { $0.head(head) }
    case .body(let byteCount):
      perform { $0.body(byteCount) }
    case .end:
      let decision = router.decide(head)
      perform({ if case .page = decision { $0.end(isPage: true) } else { $0.end(isPage: false) } }, decision)
    case .malformed:
      if state.isWaiting { head.method = .GET }
      perform { $0.malformed() }
    case .inputEnded:
      perform { $0.inputEnded() }
    }
  }

  private func sent() {
    perform { $0.sent() }
    for part in pending.take() { receive(part) }
  }

  private func perform(_ step: (inout ConnectionState) -> ConnectionState.Action, _ decision: Router.Decision? = nil) {
    let before = state.phase
    let action = step(&state)
    if state.phase != before { startTimer() }
    switch (action, decision) {
    case (.answer, .page(let page, let request)): run(page, request)
    case (.refuse, .response(let response)): send(response)
    case (.send(let response), _): send(response)
    case (.produce, _): produce()
    case (.sendChunk(let bytes), _): send(bytes)
    case (.sendEnd, _): sendEnd()
    case (.closeOutput, _): context?.close(mode: .output, promise: nil)
    case (.close, _): close()
    default: break
    }
  }

  /// Pages run on the loop, but for what they await elsewhere.
  private func run(_ page: Page, _ request: PageRequest) {
    guard let loop = context?.eventLoop else { return }
    let (bound, logger) = (NIOLoopBound(self, eventLoop: loop), logger)
    Task(executorPreference: connections.executor) {
      let response: PageResponse
      do throws(CompressionError) {
        response = try await page.respond(to: request)
      } catch {
        logger.error("a page is not sent", metadata: ["path": "\(request.path)", "reason": "\(error)"])
        response = .text(500, "Internal Server Error: the page cannot be compressed; ask for it as it is.")
      }
      loop.execute { bound.value.perform { $0.answered(response) } }
    }
  }

  /// The next chunk is made on the loop too, and not before the client has the one before.
  private func produce() {
    guard let loop = context?.eventLoop, let chunks else { return }
    let (bound, logger) = (NIOLoopBound(self, eventLoop: loop), logger)
    // Without the query: it may hold what no log should.
    let path = head.uri.prefix { $0 != "?" }
    production = Task(executorPreference: connections.executor) {
      do throws(CompressionError) {
        let chunk = try await chunks.next()
        loop.execute { bound.value.perform { $0.produced(chunk) } }
      } catch {
        logger.error("a page is cut short", metadata: ["path": "\(path)", "reason": "\(error)"])
        loop.execute { bound.value.perform { $0.productionFailed() } }
      }
    }
  }

  private func send(_ response: PageResponse) {
    guard let context else { return }
    let answer = response.head(answering: head, isKeptAlive: state.isKeptAlive)
    context.write(wrapOutboundOut(.head(answer)), promise: nil)
    switch response.body {
    case .bytes(let bytes):
      if head.method != .HEAD {
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
      }
      sendEnd()
    case .chunks(let chunks):
      self.chunks = chunks
      produce()
    }
  }

  private func send(_ chunk: [UInt8]) {
    write(.body(.byteBuffer(ByteBuffer(bytes: chunk)))) { $0.perform { $0.chunkSent() } }
  }

  private func sendEnd() {
    chunks = nil
    write(.end(nil)) { $0.sent() }
  }

  private func write(_ part: HTTPServerResponsePart, then next: @escaping (ConnectionHandler) -> Void) {
    guard let context else { return }
    context.writeAndFlush(wrapOutboundOut(part)).assumeIsolated().whenComplete { [weak self] result in
      guard let self else { return }
      if case .success = result { next(self) } else { close() }
    }
  }

  private func startTimer() {
    timer?.cancel()
    timer = nil
    waitingSince = .now()
    let seconds =
      switch state.phase {
      case .waiting(first: true), .receiving: limits.requestTimeoutSeconds
      case .waiting(first: false): limits.idleTimeoutSeconds
      case .sending, .sendingChunk: limits.sendTimeoutSeconds
      case .lingering: limits.lingerTimeoutSeconds
      case .answering, .producing, .closed: 0
      }
    guard seconds > 0, let loop = context?.eventLoop else { return }
    timer = loop.assumeIsolated().scheduleTask(in: .seconds(Int64(seconds))) { [weak self] in
      self?.perform { $0.timedOut() }
    }
  }
}
