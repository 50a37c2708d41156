import Redis
import Settings

/// What `--redis.password-file` holds: one password, or a JSON object of addresses and passwords. Printed, it shows
/// nothing of either.
struct PasswordFile: Sendable, CustomStringConvertible, CustomReflectable {
  /// For whatever server.
  private(set) var password: String?
  private(set) var entries: [(pattern: TargetPattern, password: String)] = []

  var description: String { "PasswordFile" }
  var customMirror: Mirror { Mirror(self, children: [:]) }

  static let none = PasswordFile()
  private init() {}

  /// Reads the file, blocking.
  init(path: String) throws(RedisError) {
    let text: String
    do {
      text = try FileReader.contents(of: path)
    } catch {
      throw RedisError(.configuration, "the password file \(path) cannot be read: \(error)")
    }
    try self.init(text, path: path)
  }

  init(_ text: String, path: String) throws(RedisError) {
    let trimmed = text.trimmed
    guard trimmed.hasPrefix("{") else {
      guard !trimmed.isEmpty else { throw RedisError(.configuration, "the password file \(path) is empty") }
      password = trimmed
      return
    }
    var reader = FlatObjectReader(trimmed)
    guard let pairs = reader.read() else {
      throw RedisError(.configuration, "the password file \(path) is no JSON object of addresses and passwords")
    }
    entries = pairs.map { (TargetPattern($0), $1) }
  }

  /// nil where it names no password for this server; empty passwords are none.
  func password(for configuration: RedisConfiguration) -> String? {
    let found = entries.first { $0.pattern.matches(configuration) }?.password ?? password
    return found.flatMap { $0.isEmpty ? nil : $0 }
  }

  func names(_ configuration: RedisConfiguration) -> Bool { entries.contains { $0.pattern.matches(configuration) } }
}

/// A JSON object whose values are strings. Source: RFC 8259.
private struct FlatObjectReader {
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) { rest = Substring(text).unicodeScalars }

  /// nil for anything else.
  mutating func read() -> [(String, String)]? {
    var pairs: [(String, String)] = []
    guard take("{") else { return nil }
    if take("}") { return isAtEnd ? pairs : nil }
    repeat {
      guard let key = string(), take(":"), let value = string() else { return nil }
      pairs.append((key, value))
    } while take(",")
    return take("}") && isAtEnd ? pairs : nil
  }

  private var isAtEnd: Bool { rest.allSatisfy { " \t\n\r".unicodeScalars.contains($0) } }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    while let first = rest.first, " \t\n\r".unicodeScalars.contains(first) { rest.removeFirst() }
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var units: [UInt16] = []
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return String(decoding: units, as: UTF16.self)
      case "\\":
        guard let unit = escape() else { return nil }
        units.append(unit)
      default:
        guard scalar.value >= 0x20 else { return nil }
        units += Array(String(scalar).utf16)
      }
    }
    return nil
  }

  private mutating func escape() -> UInt16? {
    guard let scalar = rest.popFirst() else { return nil }
    if let plain = Self.escapes[scalar] { return plain }
    guard scalar == "u", rest.count >= 4 else { return nil }
    let digits = String(String.UnicodeScalarView(rest.prefix(4)))
    rest.removeFirst(4)
    return UInt16(digits, radix: 16)
  }

  private static let escapes: [Unicode.Scalar: UInt16] = [
    "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
  ]
}
