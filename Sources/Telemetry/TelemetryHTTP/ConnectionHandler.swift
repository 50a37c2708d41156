import NIOCore
import NIOHTTP1

/// Carries out what `ConnectionState` decides, on the server's one event loop.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let router: Router
  private let limits: ServerLimits
  private let connections: Connections
  private var state: ConnectionState
  private var context: ChannelHandlerContext?
  private var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
  private var pending = PendingRequest()
  private var timer: Scheduled<Void>?
  private(set) var waitingSince = NIODeadline.now()

  var isWaiting: Bool { state.isWaiting }

  init(_ router: Router, _ limits: ServerLimits, _ connections: Connections) {
    self.router = router
    self.limits = limits
    self.connections = connections
    state = ConnectionState(maximumBodyBytes: limits.maximumBodyBytes)
  }

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    startTimer()
    if !connections.admit(self) { context.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
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
      head.method = .GET
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
    case (.refuse, .response(let response, let allow)): send(response, allow: allow)
    case (.send(let response), _): send(response)
    case (.closeOutput, _): context?.close(mode: .output, promise: nil)
    case (.close, _): close()
    default: break
    }
  }

  /// Pages run on the cooperative pool; their answers come back to the loop.
  private func run(_ page: Page, _ request: PageRequest) {
    guard let loop = context?.eventLoop else { return }
    let bound = NIOLoopBound(self, eventLoop: loop)
    Task {
      let response = await page.answer(request)
      loop.execute { bound.value.perform { $0.answered(response) } }
    }
  }

  private func send(_ response: PageResponse, allow: String? = nil) {
    guard let context else { return }
    var headers: HTTPHeaders = [
      "Content-Type": response.contentType, "Content-Length": String(response.body.count), "Date": HTTPDate.now(),
    ]
    if let allow { headers.add(name: "Allow", value: allow) }
    if let varies = response.varies { headers.add(name: "Vary", value: varies) }
    if !state.isKeptAlive {
      headers.add(name: "Connection", value: "close")
    } else if head.version == .http1_0 {
      headers.add(name: "Connection", value: "keep-alive")
    }
    let status = HTTPResponseStatus(statusCode: response.status)
    context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))), promise: nil)
    if head.method != .HEAD {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: response.body)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { [weak self] result in
      if case .success = result { self?.sent() } else { self?.close() }
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
      case .sending: limits.sendTimeoutSeconds
      case .lingering: limits.lingerTimeoutSeconds
      case .answering, .closed: 0
      }
    guard seconds > 0, let loop = context?.eventLoop else { return }
    timer = loop.assumeIsolated().scheduleTask(in: .seconds(Int64(seconds))) { [weak self] in
      self?.perform { $0.timedOut() }
    }
  }
}
