import Testing

@testable import Redis

@Suite("RedisError")
struct RedisErrorTests {
  @Test(
    "the first word in capitals is the code",
    arguments: [
      ("NOPERM this user has no permissions", "NOPERM"), ("LOADING Redis is loading", "LOADING"),
      ("MOVED 3999 127.0.0.1:6381", "MOVED"), ("ERR", "ERR"), ("Permission denied", nil), ("", nil),
    ] as [(String, String?)])
  func codes(text: String, code: String?) {
    let error = RedisError(reply: text)
    #expect(error.code == code)
    #expect(error.kind == .server && error.message == text)
  }

  @Test("what a server quotes of the arguments is left out")
  func arguments() {
    let error = RedisError(reply: "ERR unknown command 'AUTH', with args beginning with: 'ana' 'hunter2' ")
    #expect(error.description == "Redis: ERR unknown command 'AUTH'")
  }

  @Test("a command is formatted as the protocol has it, whatever bytes it holds")
  func formatting() {
    #expect(String(decoding: RedisCommand("GET", "añ").encoded, as: UTF8.self) == "*2\r\n$3\r\nGET\r\n$3\r\nañ\r\n")
    #expect(
      RedisCommand([[0x53], [], [0, 13, 10]], name: "S").encoded
        == Array("*3\r\n$1\r\nS\r\n$0\r\n\r\n$3\r\n\0\r\n\r\n".utf8))
  }
}
