import TestSupport
import Testing

@testable import Redis

@Suite("RedisConnection, when the peer fails")
struct OutageTests {
  private static func connect(_ url: String, within limit: Duration = .seconds(5)) async throws -> RedisConnection {
    // Without a name nothing is sent first.
    try await RedisConnection.connect(try RedisConfiguration(url: url), deadline: .now + limit)
  }

  @Test("cut after any byte, each command has its own reply or an error, never another's")
  func cutAfterEachByte() async throws {
    let stream = "+PONG\r\n$3\r\nabc\r\n*2\r\n:1\r\n-ERR x\r\n:7\r\n"
    // Where each of the four replies ends.
    let ends = [7, 16, 32, 36]
    for cut in 0...stream.utf8.count {
      let peer = try ScriptedPeer([Array(stream.utf8.prefix(cut))])
      let connection = try await Self.connect(peer.url)
      let results = await connection.pipeline(
        Array(repeating: RedisCommand("PING"), count: 4), deadline: .now + .seconds(30))
      #expect(results.count == 4)
      for (index, result) in results.enumerated() {
        #expect(((try? result.get()) != nil) == (cut >= ends[index]), "cut \(cut), command \(index)")
      }
      if case .success(let reply) = results[1] { #expect(reply.string == "abc") }
      if case .success(let reply) = results[3] { #expect(reply.integer == 7) }
      if cut < stream.utf8.count, case .failure(let error) = results[3] { #expect(error.kind == .unavailable) }
      await connection.close()
    }
  }

  @Test("a peer that never answers costs the deadline, and then the connection")
  func blackHole() async throws {
    let hole = try FreePorts.blackHole()
    let connection = try await Self.connect("redis://127.0.0.1:\(hole.port)")
    let start = ContinuousClock.now
    let results = await connection.pipeline([RedisCommand("PING")], deadline: start + .milliseconds(300))
    guard case .failure(let error)? = results.first else {
      Issue.record("a black hole answered")
      return
    }
    #expect(error.kind == .timedOut)
    #expect((.milliseconds(290)..<Duration.seconds(2)).contains(.now - start))
    await connection.close()
    #expect(!connection.isUsable)
  }

  @Test("a reply that comes too late is nobody's")
  func lateReply() async throws {
    let peer = try ScriptedPeer([Array("+late\r\n".utf8)], closes: false, delay: .milliseconds(400))
    let connection = try await Self.connect(peer.url)
    let first = await connection.pipeline([RedisCommand("PING")], deadline: .now + .milliseconds(100))
    let second = await connection.pipeline([RedisCommand("PING")], deadline: .now + .seconds(2))
    #expect((try? first.first?.get()) == nil)
    #expect((try? second.first?.get()) == nil)
  }

  @Test("a reply that nobody asked for ends the connection")
  func unasked() async throws {
    let peer = try ScriptedPeer([Array("+a\r\n+b\r\n".utf8)], closes: false)
    let connection = try await Self.connect(peer.url)
    _ = await connection.pipeline([RedisCommand("PING")], deadline: .now + .seconds(2))
    let second = await connection.pipeline([RedisCommand("PING")], deadline: .now + .seconds(2))
    #expect((try? second.first?.get()) == nil)
  }

  @Test("nobody listens: an error at once")
  func refused() async throws {
    let port = try FreePorts.next()
    let start = ContinuousClock.now
    let error = await #expect(throws: RedisError.self) { try await Self.connect("redis://127.0.0.1:\(port)") }
    #expect(error?.kind == .unavailable)
    #expect(.now - start < .seconds(1))
  }

  @Test("a cancelled caller is not kept waiting")
  func cancellation() async throws {
    let hole = try FreePorts.blackHole()
    let connection = try await Self.connect("redis://127.0.0.1:\(hole.port)")
    let start = ContinuousClock.now
    let task = Task { await connection.pipeline([RedisCommand("PING")], deadline: start + .seconds(20)) }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    let results = await task.value
    guard case .failure(let error)? = results.first else {
      Issue.record("a black hole answered")
      return
    }
    #expect(error.kind == .cancelled)
    #expect(.now - start < .seconds(5))
  }

  @Test("a stopped server costs the limit, a killed one nothing, and both are an error")
  func realServer() async throws {
    let server = try await RedisServer.start()
    let connection = try await Self.connect(server.url())
    server.pause()
    let start = ContinuousClock.now
    let results = await connection.pipeline(
      [RedisCommand("PING")], deadline: start + .seconds(20), limit: .milliseconds(300))
    #expect((try? results.first?.get()) == nil)
    #expect(.now - start < .seconds(3))
    server.resume()
    let second = try await Self.connect(server.url())
    #expect(try await second.send(RedisCommand("PING"), deadline: .now + .seconds(5)).string == "PONG")
    let waiting = Task { await second.pipeline([RedisCommand("DEBUG", "SLEEP", "5")], deadline: .now + .seconds(20)) }
    try await Task.sleep(for: .milliseconds(100))
    try await server.kill()
    guard case .failure(let error)? = await waiting.value.first else {
      Issue.record("a killed server answered")
      return
    }
    #expect(error.kind == .unavailable)
  }
}
