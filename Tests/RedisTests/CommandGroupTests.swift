import TestSupport
import Testing

@testable import Redis

@Suite("Groups of commands")
struct CommandGroupTests {
  private static func group(_ commands: [RedisCommand], _ limit: Duration? = nil) throws -> CommandGroup {
    try #require(CommandGroup(commands, limit: limit))
  }

  @Test("each group has its own replies, before the later ones are there")
  func turns() async throws {
    let peer = try ScriptedPeer([Array("+a\r\n:1\r\n-ERR b\r\n".utf8)], closes: false)
    let connection = try await RedisConnection.connect(
      try RedisConfiguration(url: peer.url), deadline: .now + .seconds(5))
    let ping = RedisCommand("PING")
    let groups = [
      try Self.group([ping]), try Self.group([ping, ping]), try Self.group([ping], .milliseconds(1500)),
      try Self.group([ping]),
    ]
    var results: [RedisConnection.Replies] = []
    let start = ContinuousClock.now
    for await replies in connection.pipeline(groups, deadline: .now + .seconds(20)) {
      results.append(replies)
      if results.count == 2 { #expect(.now - start < .seconds(1)) }
    }
    #expect(results.map(\.count) == [1, 2, 1, 1])
    #expect(try results[0][0].get().string == "a")
    #expect(try results[1][0].get().integer == 1)
    #expect(throws: RedisError(.server, "ERR b", code: "ERR")) { try results[1][1].get() }
    for replies in results[2...] {
      let error = #expect(throws: RedisError.self) { try replies[0].get() }
      #expect(error?.kind == .timedOut)
    }
    #expect((.milliseconds(1400)..<Duration.seconds(9)).contains(.now - start))
    #expect(!connection.isUsable)
  }

  @Test("without a command there is no group, and without a group no wait")
  func none() async throws {
    #expect(CommandGroup([], limit: nil) == nil)
    let hole = try FreePorts.blackHole()
    let connection = try await RedisConnection.connect(
      try RedisConfiguration(url: "redis://127.0.0.1:\(hole.port)"), deadline: .now + .seconds(5))
    for await _ in connection.pipeline([], deadline: .now + .seconds(20)) { Issue.record("nobody answered") }
    #expect(connection.isUsable)
    await connection.close()
  }

  @Test("who stops listening ends the connection, so that no reply is taken for another")
  func listener() async throws {
    let peer = try ScriptedPeer([Array("+a\r\n".utf8)], closes: false)
    let connection = try await RedisConnection.connect(
      try RedisConfiguration(url: peer.url), deadline: .now + .seconds(5))
    let groups = [try Self.group([RedisCommand("PING")]), try Self.group([RedisCommand("PING")])]
    for await _ in connection.pipeline(groups, deadline: .now + .seconds(20)) { break }
    for _ in 0..<100 where connection.isUsable { try await Task.sleep(for: .milliseconds(10)) }
    #expect(!connection.isUsable)
  }
}
