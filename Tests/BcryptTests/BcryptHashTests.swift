import TestSupport
import Testing

@testable import Bcrypt

@Suite("BcryptHash")
struct BcryptHashTests {
  /// Of `U*U` and its like: the vectors of crypt_blowfish, https://www.openwall.com/crypt/ (wrapper.c).
  @Test(
    "known hashes match their passwords and no others",
    arguments: [
      ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
      ("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
      ("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"),
    ])
  func vectors(_ password: String, _ text: String) throws {
    let hash = try #require(BcryptHash(text))
    #expect(hash.cost == 5)
    #expect(hash.matches(password))
    #expect(!hash.matches(password + "x"))
    #expect(!hash.matches(password + "\u{0}"))
    let other = try #require(BcryptHash(text.replacing("$2a$", with: "$2y$")))
    #expect(other.matches(password))
  }

  @Test(
    "what is no bcrypt hash is not one",
    arguments: [
      "", "secret", "$2y$10$short", "$1$abc$" + String(repeating: "a", count: 53),
      "$2y$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
      "$2y$32$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
      "$2y$10$CCCCCCCCCCCCCCCCCCCCC!E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
      "$2y$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWW",
    ])
  func malformed(_ text: String) { #expect(BcryptHash(text) == nil) }
}

@Suite("KeyedDigest")
struct KeyedDigestTests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  @Test("HMAC-SHA-256 of RFC 4231's first two cases")
  func hmac() {
    #expect(
      hex(KeyedDigest(key: [UInt8](repeating: 0x0B, count: 20)).digest(Array("Hi There".utf8)))
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    #expect(
      hex(KeyedDigest(key: Array("Jefe".utf8)).digest(Array("what do ya want for nothing?".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test("lists that differ are other digests, and so are two processes' keys")
  func lists() {
    let digest = KeyedDigest()
    #expect(digest.digest(["ab", "c"]) == digest.digest(["ab", "c"]))
    #expect(digest.digest(["ab", "c"]) != digest.digest(["a", "bc"]))
    #expect(digest.digest(["ab", "c"]) != KeyedDigest().digest(["ab", "c"]))
  }
}
