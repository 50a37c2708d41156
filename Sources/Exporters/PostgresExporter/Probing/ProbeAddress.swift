/// The server that a probe names: `host`, `host:port` or `host:port/database`, with or without `postgresql://`. Nothing
/// else is accepted: whoever asks chooses neither credentials nor options nor several hosts.
struct ProbeAddress: Hashable, Sendable, CustomStringConvertible {
  static let maximumBytes = 512
  static let defaultPort = "5432"

  /// Lower-case; without the brackets of an IPv6 address.
  let host: String
  let port: String
  /// nil where nothing is said.
  let database: String?

  var description: String { "\(host):\(port)/\(database ?? "")" }

  /// nil for anything else.
  init?(_ text: String) {
    guard text.utf8.count <= Self.maximumBytes else { return nil }
    self.init(parsing: text, isPattern: false)
  }

  /// - Parameter isPattern: `*` is a character of host, port and database.
  init?(parsing text: String, isPattern: Bool) {
    var rest = text[...]
    for scheme in ["postgresql://", "postgres://"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
      break
    }
    let authority = rest.prefix { $0 != "/" }
    let path = rest[authority.endIndex...].dropFirst()
    guard let (host, port) = Self.split(authority, isPattern),
      path.utf8.allSatisfy({ Self.isInDatabase($0, isPattern) })
    else { return nil }
    self.host = host.lowercased()
    self.port = port
    database = path.isEmpty ? nil : String(path)
  }

  private static func split(_ authority: Substring, _ isPattern: Bool) -> (host: String, port: String)? {
    let (host, tail): (Substring, Substring)
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[..<end].dropFirst()
      tail = authority[end...].dropFirst()
      guard !host.isEmpty, host.utf8.allSatisfy({ isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == dot }) else {
        return nil
      }
    } else {
      host = authority.prefix { $0 != ":" }
      tail = authority[host.endIndex...]
      guard !host.isEmpty, host.utf8.allSatisfy({ isInHost($0, isPattern) }) else { return nil }
    }
    if tail.isEmpty { return (String(host), defaultPort) }
    let port = tail.dropFirst()
    let isNumber = port.utf8.count <= 5 && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let isPort = (isNumber && Int(port).map { (1...65_535).contains($0) } ?? false) || (isPattern && port == "*")
    return tail.hasPrefix(":") && isPort ? (String(host), String(port)) : nil
  }

  private static let dot = UInt8(ascii: ".")

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_") || byte == dot
  }

  private static func isInHost(_ byte: UInt8, _ isPattern: Bool) -> Bool {
    isWord(byte) || (isPattern && byte == UInt8(ascii: "*"))
  }

  private static func isInDatabase(_ byte: UInt8, _ isPattern: Bool) -> Bool {
    isWord(byte) || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "+") || (isPattern && byte == UInt8(ascii: "*"))
  }
}

/// Addresses that credentials may be sent to. `*` stands for any characters of the part in which it stands: host, port
/// or database. A pattern without a database allows every one of its server.
struct ProbePattern: Sendable, Hashable {
  private let address: ProbeAddress

  /// nil for what is no address, and for one that would allow any host.
  init?(_ text: String) {
    guard let address = ProbeAddress(parsing: text, isPattern: true), address.host.contains(where: { $0 != "*" }) else {
      return nil
    }
    self.address = address
  }

  func allows(_ other: ProbeAddress) -> Bool {
    Self.matches(address.host, other.host) && Self.matches(address.port, other.port)
      && (address.database.map { Self.matches($0, other.database ?? "") } ?? true)
  }

  /// Linear: each `*` takes as little as it can, and only the last one that matched is tried again.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let (pattern, text) = (Array(pattern.utf8), Array(text.utf8))
    var (p, t) = (0, 0)
    var retry: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        retry = (p + 1, t)
        p += 1
      } else if p < pattern.count, pattern[p] == text[t] {
        (p, t) = (p + 1, t + 1)
      } else if let again = retry {
        retry = (again.pattern, again.text + 1)
        (p, t) = (again.pattern, again.text + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
