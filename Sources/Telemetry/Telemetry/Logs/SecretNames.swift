/// Which names announce a secret: `password`, `db_password`, `X-Api-Key`, `clientSecret`, `authtoken`, `clave`.
///
/// A name is cut into words where its case changes and at whatever is no letter. It is a secret's where one of its
/// words, the end of one, or two of them in a row are in the lists below; unless its last word says that the value is
/// about the secret and not the secret: `token_count`, `password_changed_at`, `secret_name`.
enum SecretNames {
  /// Looked at from a name's end; no name of a secret is longer.
  static let maximumNameBytes = 64

  /// The lowest bytes of a word in lower case; a list of 16 bytes holds every word that matters whole.
  private typealias Word = UInt128

  private static let bitsPerByte = 8

  /// A word that ends so, too.
  private static let endings = [
    "password", "passwd", "passphrase", "secret", "token", "apikey", "privatekey", "accesskey", "credential",
    "credentials", "authorization", "cookie", "contraseña", "contrasena",
  ].map { (word: pack($0), mask: Word(1) << Word(bitsPerByte * $0.utf8.count) - 1) }
  private static let whole = [
    "pwd", "pass", "secrets", "cookies", "jwt", "bearer", "cvv", "cvc", "clave", "otp", "pin", "sid", "sessionid",
    "sig", "signature",
  ].map(pack)
  /// In front of `key`.
  private static let keyKinds = [
    "api", "private", "access", "signing", "encryption", "shared", "master", "session", "service",
  ].map(pack)
  private static let key = pack("key")
  private static let identifier = pack("id")
  /// In front of `id`: who knows a session's is in it, and Vault's is half of a login.
  private static let secretIdentifiers = ["session", "secret"].map(pack)
  private static let about = [
    "count", "counts", "length", "len", "size", "at", "in", "age", "expires", "expiry", "expiration", "expired", "ttl",
    "type", "kind", "name", "names", "version", "id", "ids", "seconds", "ms", "us", "ns", "minutes", "hours", "days",
    "bytes", "enabled", "disabled", "required", "valid", "invalid", "present", "missing", "changed", "policy",
    "attempts", "limit", "max", "min", "total", "index", "status", "state", "url", "uri", "endpoint", "path", "file",
    "used", "remaining", "rate", "strength", "algorithm", "alg", "issuer", "scope", "usage", "budget",
  ].map(pack)

  private static func pack(_ word: String) -> Word { word.utf8.reduce(0) { $0 << Word(bitsPerByte) | Word($1) } }

  static func isSecret(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    var (word, previous): (Word, Word) = (0, 0)
    var (isSecret, isIdentifier) = (false, false)
    for index in name.indices {
      let byte = name[index]
      guard isLetter(byte) else {
        finish(&word, &previous, &isSecret, &isIdentifier)
        continue
      }
      if beginsWord(name, index) { finish(&word, &previous, &isSecret, &isIdentifier) }
      word = word << Word(bitsPerByte) | Word(lowercased(byte, after: index > 0 ? name[index - 1] : 0))
    }
    finish(&word, &previous, &isSecret, &isIdentifier)
    return isIdentifier || isSecret && !about.contains(previous)
  }

  private static func finish(
    _ word: inout Word, _ previous: inout Word, _ isSecret: inout Bool, _ isIdentifier: inout Bool
  ) {
    guard word != 0 else { return }
    isIdentifier = word == identifier && secretIdentifiers.contains(previous)
    if !isSecret {
      isSecret =
        endings.contains { word & $0.mask == $0.word } || whole.contains(word)
        || word == key && keyKinds.contains(previous)
    }
    previous = word
    word = 0
  }

  /// `accessToken` at its `T`, `APIKey` at its `K`.
  private static func beginsWord(_ name: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    guard index > 0, isUpper(name[index]), isLetter(name[index - 1]) else { return false }
    let isBeforeLower = index + 1 < name.count && isLower(name[index + 1])
    return isLower(name[index - 1]) || isUpper(name[index - 1]) && isBeforeLower
  }

  /// Every byte of a character beyond ASCII counts.
  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  private static func isLower(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

  private static func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

  /// ASCII, and `Ñ` with its like (U+00C0 to U+00DE, in UTF-8 behind C3).
  private static func lowercased(_ byte: UInt8, after previous: UInt8) -> UInt8 {
    isUpper(byte) || previous == 0xC3 && byte < 0x9F ? byte | 0x20 : byte
  }
}
