import Digests
import TestSupport
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// The examples of FIPS 180-2, appendix B, and the empty message.
  @Test(
    "the standard's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func examples(_ text: String, _ digest: String) { #expect(SHA256.hexadecimal(of: Array(text.utf8)) == digest) }

  @Test("every length around a block is what sha256sum says, in one piece or two")
  func lengths() async throws {
    for count in [55, 56, 63, 64, 65, 119, 120, 128] {
      let text = String(repeating: "x", count: count)
      let line = try await Subprocess.check(["/usr/bin/sha256sum"], input: text)
      let whole = SHA256.hexadecimal(of: Array(text.utf8))
      #expect(line.hasPrefix(whole), "\(count)")
      var parts = SHA256()
      parts.update(Array(text.utf8.prefix(count / 2)))
      parts.update(Array(text.utf8.dropFirst(count / 2)))
      var again = SHA256()
      again.update(Array(text.utf8))
      #expect(parts.finish() == again.finish(), "\(count)")
    }
  }
}
