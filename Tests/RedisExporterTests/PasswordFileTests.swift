import Redis
import Testing

@testable import RedisExporter

@Suite("PasswordFile")
struct PasswordFileTests {
  @Test("an object gives each address its own password")
  func map() throws {
    let file = try PasswordFile(
      """
      { "redis://a:6379": "one", "redis://ana@b:7000" : "t\\"w\\u00f3\\ud83d\\ude00",
        "rediss://c": "three", "d:1": "four", "redis://10.0.*:6379": "five", "unix:///run/r.sock": "six", "redis://e": "" }
      """, path: "file")
    func password(_ url: String) throws -> String? { file.password(for: try RedisConfiguration(url: url)) }
    #expect(try password("redis://a:6379/5") == "one")
    #expect(try password("a") == "one")
    #expect(try password("redis://ana@b:7000") == "t\"wó😀")
    #expect(try password("redis://b:7000") == nil)
    #expect(try password("redis://other@b:7000") == nil)
    #expect(try password("rediss://c:6379") == "three")
    #expect(try password("redis://c:6379") == nil)
    #expect(try password("redis://d:1") == "four")
    #expect(try password("redis://10.0.3.4:6379") == "five")
    #expect(try password("redis://10.0.3.4:6380") == nil)
    #expect(try password("unix:///run/r.sock") == "six")
    #expect(try password("redis://e") == nil)
    #expect(file.names(try RedisConfiguration(url: "redis://e")))
  }

  @Test("a file that is no object is one password for the main server")
  func plain() throws {
    let file = try PasswordFile("s3cret\n", path: "file")
    let anywhere = try RedisConfiguration(url: "redis://h")
    #expect(file.password(for: anywhere) == "s3cret")
    #expect(!file.names(anywhere))
  }

  @Test(
    "anything else is an error that shows no password",
    arguments: [
      "", "{", "{\"a\"}", "{\"a\":1}", "{\"a\":\"hunter2\"", "{\"a\":\"hunter2\"} x", "{\"a\":\"hunter2\",}",
      "{\"a\":\"\\q\"}", "{\"a\":{\"b\":\"hunter2\"}}",
    ])
  func mistakes(text: String) throws {
    let error = try #require(throws: RedisError.self) { try PasswordFile(text, path: "file") }
    #expect(!error.description.contains("hunter2"))
  }

  @Test("printed, it shows nothing")
  func redaction() throws {
    var dumped = ""
    dump(try PasswordFile("{\"a\":\"hunter2\"}", path: "file"), to: &dumped)
    #expect(!dumped.contains("hunter2"))
  }

  @Test(
    "a star stands for any text, and nothing else does",
    arguments: [
      ("redis://10.*:6379", "redis://10.1.2.3:6379", true), ("redis://10.*:6379", "redis://11.1.2.3:6379", false),
      ("*", "redis://a", true), ("redis://a*b*c:1", "redis://axbxbxc:1", true), ("redis://a.b", "redis://axb", false),
      ("redis://h?:6379", "redis://h1:6379", false), ("redis://*:6379", "redis://ana@h:6379", true),
    ])
  func patterns(pattern: String, url: String, matches: Bool) throws {
    #expect(TargetPattern(pattern).matches(try RedisConfiguration(url: url)) == matches)
  }
}
