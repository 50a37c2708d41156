/// How the client says who it is. A secret from a file is read again when the file changes and after a 401 or 403.
public enum LokiCredentials: Sendable {
  /// No field `Authorization`.
  case none
  /// A token from a file, without the newline at its end.
  case bearer(tokenFile: String)
  /// A user, and a password from a file, without the newline at its end.
  case basic(user: String, passwordFile: String)
  /// A token that is known to the process already.
  case inlineBearer(token: String)
  /// For credentials that are in the URL.
  case inline(user: String, password: String)
}

/// Whoever prints a configuration prints no secret.
extension LokiCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String {
    switch self {
    case .none: "none"
    case .bearer(let file): "a token in \(file)"
    case .inlineBearer: "a token"
    case .basic(let user, let file): "\(user) with a password in \(file)"
    case .inline(let user, _): "\(user) with a password"
    }
  }

  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The field `Authorization`, kept until its file changes.
struct Authorization {
  private let credentials: LokiCredentials
  private var file: SecretFile?

  init(_ credentials: LokiCredentials) {
    self.credentials = credentials
    switch credentials {
    case .bearer(let path), .basic(_, let path): file = SecretFile(path)
    case .none, .inline, .inlineBearer: file = nil
    }
  }

  /// - Throws: where the file cannot be read; the error shows its path, never what is in it.
  mutating func field() throws(SecretFileError) -> String? {
    switch credentials {
    case .none: nil
    case .bearer: "Bearer \(try secret())"
    case .inlineBearer(let token): "Bearer \(token)"
    case .basic(let user, _): Self.basic(user, try secret())
    case .inline(let user, let password): Self.basic(user, password)
    }
  }

  /// The receiver did not accept it: the file is read again, whatever its times say.
  mutating func wasRefused() { file?.forget() }

  private mutating func secret() throws(SecretFileError) -> String { try file?.contents() ?? "" }

  private static func basic(_ user: String, _ password: String) -> String {
    "Basic " + Base64.encoded(Array("\(user):\(password)".utf8))
  }
}

/// RFC 4648 §4.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let padded = Array(group) + [UInt8](repeating: 0, count: 3 - group.count)
      let value = Int(padded[0]) << 16 | Int(padded[1]) << 8 | Int(padded[2])
      for index in 0..<4 {
        text.append(index <= group.count ? alphabet[value >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
