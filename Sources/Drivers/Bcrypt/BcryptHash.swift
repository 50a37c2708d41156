import CCrypt
import Glibc

/// A password's hash as `htpasswd -nB` writes it: `$2y$10$` and 53 characters, of which 22 are the salt
/// (crypt(5), “bcrypt”). Made once; checking it costs some 70 ms of CPU at cost 10, twice that for each one more.
package struct BcryptHash: Sendable, Equatable {
  private static let textBytes = 60
  private static let prefixes = ["$2a$", "$2b$", "$2y$"]
  private static let alphabet = Set("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  package let text: String
  /// Rounds are 2 to this power.
  package let cost: Int

  /// nil for what is no such hash.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == Self.textBytes, Self.prefixes.contains(where: { text.hasPrefix($0) }),
      bytes[6] == UInt8(ascii: "$"), let cost = Int(String(decoding: bytes[4..<6], as: UTF8.self)),
      (4...31).contains(cost), bytes[7...].allSatisfy(Self.alphabet.contains)
    else { return nil }
    self.text = text
    self.cost = cost
  }

  /// Whether it is this password's; blocks its thread for as long as the cost wants. Of the password the first 72 bytes
  /// count, as in every bcrypt; one with a zero byte is nobody's.
  package func matches(_ password: String) -> Bool {
    guard !password.utf8.contains(0) else { return false }
    let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
    data.initialize(to: crypt_data())
    defer {
      // What libcrypt worked on holds the password.
      explicit_bzero(data, MemoryLayout<crypt_data>.size)
      data.deallocate()
    }
    guard let found = crypt_r(password, text, data) else { return false }
    return Self.areEqual(UnsafeRawBufferPointer(start: found, count: strlen(found)), text)
  }

  /// Takes as long wherever they differ.
  private static func areEqual(_ found: UnsafeRawBufferPointer, _ text: String) -> Bool {
    guard found.count == text.utf8.count else { return false }
    return zip(found, text.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
