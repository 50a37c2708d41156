import Testing

@testable import Redis

@Suite("RedisURL")
struct RedisURLTests {
  @Test(
    "an address says where the server is",
    arguments: [
      ("redis://example.org:7000/3", "example.org", 7000, 3, false),
      ("redis://example.org", "example.org", 6379, 0, false),
      ("valkey://h/1", "h", 6379, 1, false), ("rediss://h:1", "h", 1, 0, true), ("valkeys://h", "h", 6379, 0, true),
      ("h:7001", "h", 7001, 0, false), ("redis://", "localhost", 6379, 0, false), ("REDIS://h/", "h", 6379, 0, false),
      ("redis://[::1]:6380/2", "::1", 6380, 2, false), ("redis://h?db=4", "h", 6379, 4, false),
    ])
  func places(url: String, host: String, port: Int, database: Int, isEncrypted: Bool) throws {
    let configuration = try RedisConfiguration(url: url)
    #expect(configuration.endpoint == .tcp(host: host, port: port))
    #expect(configuration.database == database)
    #expect((configuration.tls != nil) == isEncrypted)
    #expect(configuration.password == nil)
  }

  @Test("user and password are percent-decoded")
  func credentials() throws {
    let both = try RedisConfiguration(url: "redis://ana:p%40ss%2Fw%25@h:1/0")
    #expect(both.user == "ana" && both.password == "p@ss/w%")
    let password = try RedisConfiguration(url: "redis://:secret@h")
    #expect(password.user == nil && password.password == "secret")
    let user = try RedisConfiguration(url: "redis://ana@h")
    #expect(user.user == "ana" && user.password == nil)
  }

  @Test("a socket is a path")
  func sockets() throws {
    #expect(try RedisConfiguration(url: "unix:///run/redis.sock").endpoint == .unix("/run/redis.sock"))
    let full = try RedisConfiguration(url: "unix://:pw@/run/redis.sock?db=2")
    #expect(full.endpoint == .unix("/run/redis.sock") && full.database == 2 && full.password == "pw")
  }

  @Test(
    "what cannot be used is an error that shows nothing of the address",
    arguments: [
      "http://hunter2@h", "redis://:hunter2@h:99999", "redis://:hunter2@h:x", "redis://:hunter2@h/db", "unix://",
      "redis://u:hunter2/x@h", "redis://u%zz:hunter2@h", "redis://:hunter2@h/-1",
    ])
  func mistakes(url: String) throws {
    let error = try #require(throws: RedisError.self) { try RedisConfiguration(url: url) }
    #expect(error.kind == .configuration)
    #expect(!error.description.contains("hunter2"))
  }

  @Test("however a configuration is printed, the password is not shown")
  func redaction() throws {
    let configuration = try RedisConfiguration(url: "redis://ana:hunter2@h:1/0")
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] {
      #expect(!text.contains("hunter2"))
      #expect(text.contains("redis://h:1/0"))
    }
    for command in configuration.introduction { #expect(!"\(command)".contains("hunter2")) }
  }
}
