import Synchronization
import TelemetryHTTP
import TestSupport
import Testing

/// Bodies that are sent as they are made, on the wire of a real server.
@Suite("Streaming", .timeLimit(.minutes(1)))
struct StreamingTests {
  private static let host = "Host: x\r\n\r\n"
  private static let healthy = "GET /-/healthy HTTP/1.1\r\n\(host)"

  @Test("chunks are framed one by one, and the connection goes on behind them")
  func chunked() async throws {
    try await RunningServer.with([ChunkProducer.page(5), .healthy]) { server in
      let answers = try await server.exchange("GET /metrics HTTP/1.1\r\n\(Self.host)\(Self.healthy)")
      #expect(answers.map(\.status) == [200, 200])
      #expect(answers[0].fields["content-length"] == nil)
      #expect(answers[0].fields["connection"] == nil)
      #expect(answers[0].fields["vary"] == "Accept, Accept-Encoding")
      #expect(answers[0].chunks == (0..<5).map { ChunkProducer.chunk($0, 4096) })
      #expect(answers[1].body == Array("Healthy.\n".utf8))
    }
  }

  @Test("a body of one chunk, or of none, has its length", arguments: [0, 1])
  func short(count: Int) async throws {
    try await RunningServer.with([ChunkProducer.page(count)]) { server in
      let answer = try #require(try await server.exchange("GET /metrics HTTP/1.1\r\n\(Self.host)").first)
      #expect(answer.fields["transfer-encoding"] == nil)
      #expect(answer.fields["content-length"] == "\(count * 4096)")
      #expect(answer.body == ChunkProducer.body(count, chunkBytes: 4096))
    }
  }

  @Test(
    "empty chunks end nothing, and make no body longer than one chunk",
    arguments: [["", "a", "", "", "b", "", "c", ""], ["", "a", ""]])
  func emptyChunks(texts: [String]) async throws {
    let page = Page("/") { _ in
      let rest = Mutex(texts[...])
      let chunks = PageChunks { rest.withLock { rest in rest.popFirst().map { Array($0.utf8) } } }
      return PageResponse(contentType: "text/plain", body: .chunks(chunks))
    }
    try await RunningServer.with([page]) { server in
      let answer = try #require(try await server.exchange("GET / HTTP/1.1\r\n\(Self.host)").first)
      #expect(answer.chunks == texts.filter { !$0.isEmpty }.map { Array($0.utf8) })
      #expect(answer.fields["content-length"] == (texts.count == 3 ? "1" : nil))
    }
  }

  @Test("what makes a body is let go behind its end, though the connection stays")
  func letGo() async throws {
    let log = ChunkProducer.Log()
    try await RunningServer.with([ChunkProducer.page(5, log: log)]) { server in
      let client = try RawConnection(port: server.port)
      client.send("GET /metrics HTTP/1.1\r\n\(Self.host)")
      await log.released()
      client.send("GET /metrics HTTP/1.1\r\nConnection: close\r\n\(Self.host)")
      var rest = try #require(try await client.bytesToEnd(within: .seconds(10)))[...]
      for _ in 0..<2 { #expect(try RawAnswer(&rest, isHead: false).chunks.count == 5) }
    }
  }

  @Test(
    "HTTP/1.0 has no chunks: the end of the connection ends the body", arguments: ["", "Connection: keep-alive\r\n"])
  func http10(fields: String) async throws {
    try await RunningServer.with([ChunkProducer.page(5)]) { server in
      let answer = try #require(
        try await server.exchange("GET /metrics HTTP/1.0\r\n\(fields)\r\n", closing: false).first)
      #expect(answer.fields["transfer-encoding"] == nil)
      #expect(answer.fields["content-length"] == nil)
      #expect(answer.fields["connection"] == "close")
      #expect(answer.body == ChunkProducer.body(5, chunkBytes: 4096))
    }
  }

  @Test("HEAD has the fields, makes no chunk, and leaves the connection usable", arguments: ["identity", "gzip"])
  func head(coding: String) async throws {
    let log = ChunkProducer.Log()
    try await RunningServer.with([ChunkProducer.page(5, log: log), .healthy]) { server in
      let answers = try await server.exchange(
        "HEAD /metrics HTTP/1.1\r\nAccept-Encoding: \(coding)\r\n\(Self.host)\(Self.healthy)")
      #expect(answers.map(\.status) == [200, 200])
      #expect(answers[0].fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(answers[0].fields["content-encoding"] == (coding == "gzip" ? "gzip" : nil))
      #expect(answers[0].fields["vary"] == "Accept, Accept-Encoding")
      #expect(answers[0].fields["content-length"] == nil)
      #expect(answers[1].body == Array("Healthy.\n".utf8))
    }
    #expect(log.made == 0)
  }

  /// More than the kernel keeps between two sockets, many times.
  private static let longCount = 400
  private static let longChunkBytes = 64 << 10
  private static let maximumKernelBytes = 12 << 20

  private static func longPage(_ log: ChunkProducer.Log) -> Page {
    ChunkProducer.page(longCount, chunkBytes: longChunkBytes, log: log)
  }

  @Test("a long body comes whole through a small buffer")
  func smallBuffer() async throws {
    try await RunningServer.with([Self.longPage(ChunkProducer.Log())]) { server in
      let client = try RawConnection(port: server.port, receiveBufferBytes: 64 << 10)
      client.send("GET /metrics HTTP/1.1\r\nConnection: close\r\n\(Self.host)")
      var rest = try #require(try await client.bytesToEnd(within: .seconds(30)))[...]
      let answer = try RawAnswer(&rest, isHead: false)
      #expect(answer.body == ChunkProducer.body(Self.longCount, chunkBytes: Self.longChunkBytes))
    }
  }

  @Test("a client that does not read is made no more for than the kernel holds, and left after the timeout")
  func stalledClient() async throws {
    let log = ChunkProducer.Log()
    var limits = ServerLimits()
    limits.sendTimeoutSeconds = 1
    try await RunningServer.with([Self.longPage(log)], limits: limits) { server in
      let client = try RawConnection(port: server.port, receiveBufferBytes: 64 << 10)
      client.send("GET /metrics HTTP/1.1\r\n\(Self.host)")
      await log.released()
      #expect(log.made * Self.longChunkBytes < Self.maximumKernelBytes)
      withExtendedLifetime(client) {}
    }
  }

  @Test("a client that goes away is made no more for, coded or not", arguments: ["identity", "gzip", "zstd"])
  func vanishedClient(coding: String) async throws {
    let log = ChunkProducer.Log()
    let count = 1_000_000
    try await RunningServer.with([ChunkProducer.page(count, chunkBytes: 8 << 10, log: log)]) { server in
      var client: RawConnection? = try RawConnection(port: server.port)
      client?.send("GET /metrics HTTP/1.1\r\nAccept-Encoding: \(coding)\r\n\(Self.host)")
      _ = try await client?.read(5000)
      client = nil
      await log.released()
    }
    #expect(log.made < count)
  }

  @Test("a server that stops sends the rest of a body, and nothing behind it")
  func drain() async throws {
    try await RunningServer.with([Self.longPage(ChunkProducer.Log()), .healthy]) { server in
      let client = try RawConnection(port: server.port)
      client.send("GET /metrics HTTP/1.1\r\n\(Self.host)\(Self.healthy)")
      let begin = try await client.read(1000)
      server.beginStopping()
      let end = try #require(try await client.bytesToEnd(within: .seconds(7)))
      var rest = (begin + end)[...]
      let answer = try RawAnswer(&rest, isHead: false)
      #expect(answer.body.count == Self.longCount * Self.longChunkBytes)
      #expect(rest.isEmpty)
    }
  }
}
