import NIOHTTP1
import Testing

@testable import TelemetryHTTP

/// Dialogues between a client, one connection and a page.
@Suite("ConnectionState")
struct ConnectionStateTests {
  private let answer = PageResponse.text(200, "Ready.")

  private func head(_ fields: HTTPHeaders = [:], version: HTTPVersion = .http1_1) -> HTTPRequestHead {
    HTTPRequestHead(version: version, method: .GET, uri: "/", headers: fields)
  }

  /// A connection whose page works on a request.
  private func answering(_ head: HTTPRequestHead) -> ConnectionState {
    var state = ConnectionState(maximumBodyBytes: 10)
    _ = state.head(head)
    _ = state.end(isPage: true)
    return state
  }

  @Test("a request, its answer, and the next request")
  func keepAlive() {
    var state = ConnectionState(maximumBodyBytes: 10)
    #expect(state.isWaiting)
    #expect(state.head(head()) == .nothing)
    #expect(state.end(isPage: true) == .answer)
    #expect(!state.isWaiting)
    #expect(state.answered(answer) == .send(answer))
    #expect(state.sent() == .nothing)
    #expect(state.phase == .waiting(first: false))
    #expect(state.head(head()) == .nothing)
    #expect(state.end(isPage: false) == .refuse)
  }

  @Test("who asks to close, or speaks HTTP/1.0, is closed after the answer")
  func close() {
    for head in [head(["Connection": "close"]), head(version: .http1_0)] {
      var state = answering(head)
      #expect(state.answered(answer) == .send(answer))
      #expect(state.sent() == .closeOutput)
      #expect(state.phase == .lingering)
      #expect(state.inputEnded() == .close)
    }
  }

  @Test("an announced body over the limit is refused before it comes")
  func announcedBody() {
    var state = ConnectionState(maximumBodyBytes: 10)
    guard case .send(let response) = state.head(head(["Content-Length": "11"])) else {
      Issue.record("it is not refused")
      return
    }
    #expect(response.status == 413)
    #expect(state.body(11) == .nothing)
    #expect(state.sent() == .closeOutput)
  }

  @Test("a body is dropped up to the limit, and refused when it grows past it")
  func growingBody() {
    var state = ConnectionState(maximumBodyBytes: 10)
    #expect(state.head(head()) == .nothing)
    #expect(state.body(6) == .nothing)
    #expect(state.body(4) == .nothing)
    guard case .send(let response) = state.body(1) else {
      Issue.record("it is not refused")
      return
    }
    #expect(response.status == 413)
    #expect(!state.isKeptAlive)
  }

  @Test("the next request's body has the whole limit again")
  func bodyLimitIsPerRequest() {
    var state = ConnectionState(maximumBodyBytes: 10)
    for _ in 0..<3 {
      #expect(state.head(head()) == .nothing)
      #expect(state.body(10) == .nothing)
      #expect(state.end(isPage: true) == .answer)
      #expect(state.answered(answer) == .send(answer))
      #expect(state.sent() == .nothing)
    }
  }

  @Test("what is no HTTP gets 400 and the end")
  func malformed() {
    var state = ConnectionState(maximumBodyBytes: 10)
    guard case .send(let response) = state.malformed() else {
      Issue.record("it is not answered")
      return
    }
    #expect(response.status == 400)
    #expect(state.sent() == .closeOutput)
  }

  @Test("whoever asks before it sends a body is told at once not to")
  func expectation() {
    var state = ConnectionState(maximumBodyBytes: 10)
    var asking = head()
    asking.headers.add(name: "Expect", value: "100-continue")
    guard case .send(let response) = state.head(asking) else {
      Issue.record("no answer")
      return
    }
    #expect(response.status == 417)
    #expect(state.sent() == .closeOutput)
  }

  @Test("nonsense behind a good request does not cost its answer")
  func malformedWhileAnswering() {
    var state = answering(head())
    #expect(state.malformed() == .nothing)
    #expect(state.answered(answer) == .send(answer))
    #expect(state.sent() == .closeOutput)
  }

  @Test("a client that closes its half is still answered")
  func halfClosed() {
    var state = answering(head())
    #expect(state.inputEnded() == .nothing)
    #expect(state.answered(answer) == .send(answer))
    #expect(state.sent() == .closeOutput)
  }

  @Test("the timeout closes every phase but the one in which a page works")
  func timeout() {
    var waiting = ConnectionState(maximumBodyBytes: 10)
    #expect(waiting.timedOut() == .close)
    var working = answering(head())
    #expect(working.timedOut() == .nothing)
    #expect(working.answered(answer) == .send(answer))
    #expect(working.timedOut() == .close)
    #expect(working.sent() == .nothing)
  }

  @Test("quiescing closes an idle connection at once and a busy one after its answer")
  func quiesce() {
    var idle = ConnectionState(maximumBodyBytes: 10)
    #expect(idle.quiesce() == .close)
    var busy = answering(head())
    #expect(busy.quiesce() == .nothing)
    #expect(busy.answered(answer) == .send(answer))
    #expect(!busy.isKeptAlive)
    #expect(busy.sent() == .closeOutput)
  }

  /// A connection that sends a long answer.
  private func streaming(_ head: HTTPRequestHead) -> (ConnectionState, ConnectionState.Action, PageResponse) {
    var state = answering(head)
    let long = PageResponse(contentType: "text/plain", body: .chunks(PageChunks { nil }))
    let action = state.answered(long)
    return (state, action, long)
  }

  @Test("a chunk is made when the client has the one before, and the next request comes after the last")
  func chunks() {
    var (state, action, long) = streaming(head())
    #expect(action == .send(long))
    for byte in UInt8(0)..<3 {
      #expect(state.phase == .producing)
      #expect(state.chunkSent() == .nothing)
      #expect(state.produced([byte]) == .sendChunk([byte]))
      #expect(state.produced([byte]) == .nothing)
      #expect(state.chunkSent() == .produce)
    }
    #expect(state.sent() == .nothing)
    #expect(state.phase == .producing)
    #expect(state.produced(nil) == .sendEnd)
    #expect(state.sent() == .nothing)
    #expect(state.phase == .waiting(first: false))
  }

  @Test("a chunk that the client does not take in time closes, one that takes its time to be made does not")
  func chunkTimeout() {
    var (state, _, _) = streaming(head())
    #expect(state.timedOut() == .nothing)
    #expect(state.produced([1]) == .sendChunk([1]))
    #expect(state.timedOut() == .close)
    #expect(state.chunkSent() == .nothing)
    #expect(state.produced([2]) == .nothing)
  }

  @Test("an answer that cannot be finished is not ended")
  func productionFailed() {
    var (state, _, _) = streaming(head())
    #expect(state.productionFailed() == .close)
    #expect(state.produced(nil) == .nothing)
    #expect(state.sent() == .nothing)
  }

  @Test("quiescing, a half-closed client and HTTP/1.0 end the connection behind the last chunk")
  func lastChunks() {
    let steps: [(inout ConnectionState) -> ConnectionState.Action] = [{ $0.quiesce() }, { $0.inputEnded() }]
    for step in steps {
      var (state, _, _) = streaming(head())
      #expect(state.isKeptAlive)
      #expect(step(&state) == .nothing)
      #expect(state.produced(nil) == .sendEnd)
      #expect(state.sent() == .closeOutput)
    }
    let (old, _, _) = streaming(head(["Connection": "keep-alive"], version: .http1_0))
    #expect(!old.isKeptAlive)
  }
}
