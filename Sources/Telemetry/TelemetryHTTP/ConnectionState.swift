import NIOHTTP1

/// What one connection does next: a state machine that does no IO. Requests come one at a time: see `PendingRequest`.
struct ConnectionState {
  enum Phase: Equatable {
    /// For a request; the first must come soon, later ones when the next scrape is due.
    case waiting(first: Bool)
    /// The head is there, the body is not.
    case receiving
    /// A page works.
    case answering
    /// The client takes the answer, or the rest of one that is sent in chunks.
    case sending
    /// A page works on the next chunk of an answer.
    case producing
    /// The client takes a chunk.
    case sendingChunk
    /// The last answer is out; the client should close.
    case lingering
    case closed
  }

  enum Action: Equatable {
    case nothing
    /// Let the page that the head named answer.
    case answer
    /// What was decided when the head came is the answer.
    case refuse
    case send(PageResponse)
    /// Let the page make the next chunk.
    case produce
    case sendChunk([UInt8])
    /// The last chunk is out: end the body.
    case sendEnd
    /// Close our half and wait for the client to close its own.
    case closeOutput
    case close
  }

  private let maximumBodyBytes: Int
  private(set) var phase = Phase.waiting(first: true)
  /// After the answer under way the connection goes on.
  private(set) var isKeptAlive = true
  private var isHTTP10 = false
  private var bodyBytes = 0

  init(maximumBodyBytes: Int) { self.maximumBodyBytes = maximumBodyBytes }

  /// No request is under way: the connection can be closed without loss.
  var isWaiting: Bool { phase == .waiting(first: true) || phase == .waiting(first: false) || phase == .receiving }

  mutating func head(_ head: HTTPRequestHead) -> Action {
    guard case .waiting = phase else { return .nothing }
    isKeptAlive = isKeptAlive && head.isKeepAlive
    isHTTP10 = head.version == .http1_0
    bodyBytes = 0
    phase = .receiving
    // Nobody's body is waited for (RFC 9110 §10.1.1): whoever asks first is told at once.
    if head.headers.contains(name: "Expect") { return refuseBody(417, "Expectation Failed: pages take no body.") }
    let announced = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
    return announced > maximumBodyBytes ? refuseBody() : .nothing
  }

  mutating func body(_ byteCount: Int) -> Action {
    guard phase == .receiving else { return .nothing }
    bodyBytes += byteCount
    return bodyBytes > maximumBodyBytes ? refuseBody() : .nothing
  }

  /// - Parameter isPage: whether a page answers, or what was decided at the head.
  mutating func end(isPage: Bool) -> Action {
    guard phase == .receiving else { return .nothing }
    phase = isPage ? .answering : .sending
    return isPage ? .answer : .refuse
  }

  mutating func answered(_ response: PageResponse) -> Action {
    guard phase == .answering else { return .nothing }
    if case .chunks = response.body {
      phase = .producing
      // HTTP/1.0 knows no chunks: the end of the connection ends the body.
      if isHTTP10 { isKeptAlive = false }
    } else {
      phase = .sending
    }
    return .send(response)
  }

  /// - Parameter chunk: nil at the end.
  mutating func produced(_ chunk: [UInt8]?) -> Action {
    guard phase == .producing else { return .nothing }
    phase = chunk == nil ? .sending : .sendingChunk
    return chunk.map(Action.sendChunk) ?? .sendEnd
  }

  mutating func chunkSent() -> Action {
    guard phase == .sendingChunk else { return .nothing }
    phase = .producing
    return .produce
  }

  /// The rest of the answer cannot be made. That its end is missing tells the client.
  mutating func productionFailed() -> Action {
    guard phase == .producing else { return .nothing }
    phase = .closed
    return .close
  }

  mutating func sent() -> Action {
    guard phase == .sending else { return .nothing }
    phase = isKeptAlive ? .waiting(first: false) : .lingering
    return isKeptAlive ? .nothing : .closeOutput
  }

  /// The bytes are no HTTP: the rest of the stream means nothing.
  mutating func malformed() -> Action {
    isKeptAlive = false
    guard isWaiting else { return .nothing }
    phase = .sending
    return .send(.text(400, "Bad Request: this is no HTTP/1.1, or its header is too large."))
  }

  /// The client sends no more; what it asked is still answered.
  mutating func inputEnded() -> Action {
    isKeptAlive = false
    guard isWaiting || phase == .lingering else { return .nothing }
    phase = .closed
    return .close
  }

  /// The phase took too long. A page is not interrupted: it has limits of its own.
  mutating func timedOut() -> Action {
    guard phase != .answering, phase != .producing else { return .nothing }
    phase = .closed
    return .close
  }

  /// The server stops: the answer under way is the last.
  mutating func quiesce() -> Action { inputEnded() }

  private mutating func refuseBody(
    _ status: Int = 413, _ reason: String = "Content Too Large: a request here needs no body."
  ) -> Action {
    isKeptAlive = false
    phase = .sending
    return .send(.text(status, reason))
  }
}
