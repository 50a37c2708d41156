/// A receiver's URL, taken apart.
struct PushEndpoint: Sendable {
  static let pushPath = "/loki/api/v1/push"

  let isEncrypted: Bool
  let host: String
  let port: Int
  /// With the query.
  let path: String
  let credentials: LokiCredentials

  init(_ url: String) throws(LokiConfigurationError) {
    guard let (isEncrypted, rest) = Self.scheme(of: url) else {
      throw Self.invalid("it must begin with http:// or https://")
    }
    let authorityEnd = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    let authority = rest[..<authorityEnd]
    let hostStart = authority.lastIndex(of: "@").map { authority.index(after: $0) } ?? authority.startIndex
    let (host, port) = try Self.hostAndPort(authority[hostStart...])
    self.isEncrypted = isEncrypted
    self.host = host
    self.port = port ?? (isEncrypted ? 443 : 80)
    path = try Self.path(rest[authorityEnd...])
    credentials = try Self.credentials(authority[..<hostStart].dropLast())
  }

  /// `http://loki:3100/loki/api/v1/push`: never with user and password, nor with a query, which may hold a token.
  var displayed: String {
    "\(isEncrypted ? "https" : "http")://\(authority)\(path.prefix { $0 != "?" })"
  }

  /// The field `Host`.
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isEncrypted ? 443 : 80) ? name : "\(name):\(port)"
  }

  private static func scheme(of url: String) -> (isEncrypted: Bool, rest: Substring)? {
    for (prefix, isEncrypted) in [("http://", false), ("https://", true)]
    where url.prefix(prefix.count).lowercased() == prefix {
      return (isEncrypted, url.dropFirst(prefix.count))
    }
    return nil
  }

  private static func hostAndPort(_ text: Substring) throws(LokiConfigurationError) -> (String, Int?) {
    var (name, rest) = (text.prefix { $0 != ":" }, text.drop { $0 != ":" })
    if text.first == "[", let end = text.firstIndex(of: "]") {
      name = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
    }
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw invalid("it has no host") }
    if rest.isEmpty { return (String(name), nil) }
    guard rest.first == ":", let port = UInt16(rest.dropFirst()), port > 0 else {
      throw invalid("its port must be a number from 1 to 65535")
    }
    return (String(name), Int(port))
  }

  private static func path(_ text: Substring) throws(LokiConfigurationError) -> String {
    var (path, query) = (text.prefix { !"?#".contains($0) }, text.drop { $0 != "?" }.prefix { $0 != "#" })
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw invalid("its path must be percent-encoded") }
    if path.hasSuffix(pushPath) { return String(path + query) }
    while path.last == "/" { path.removeLast() }
    if query == "?" { query = "" }
    return path + pushPath + query
  }

  private static func credentials(_ text: Substring) throws(LokiConfigurationError) -> LokiCredentials {
    if text.isEmpty { return .none }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(decoded)
    guard let user = parts.first ?? nil, let password = parts.dropFirst().first ?? "" else {
      throw invalid("its user and password must be percent-encoded")
    }
    return .inline(user: user, password: password)
  }

  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func invalid(_ reason: String) -> LokiConfigurationError {
    LokiConfigurationError(description: "the URL of Loki cannot be used: \(reason)")
  }
}
