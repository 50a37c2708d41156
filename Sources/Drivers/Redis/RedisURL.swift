extension RedisConfiguration {
  /// `redis://[user:password@]host[:port][/db]`, the same with `rediss://` (TLS), `valkey://`, `valkeys://` or `tcp://`,
  /// `unix://[user:password@]/path[?db=N]`, or a bare `host:port`. Source:
  /// https://www.iana.org/assignments/uri-schemes/prov/redis
  /// - Parameter tls: how connections are encrypted where the scheme says that they are.
  package init(url: String, tls: TLS = TLS()) throws(RedisError) {
    let scheme = url.firstRange(of: "://").map { url[..<$0.lowerBound].lowercased() } ?? "redis"
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    guard let isEncrypted = Self.schemes[scheme] else {
      throw Self.mistake("its scheme is none of \(Self.schemes.keys.sorted().joined(separator: ", "))")
    }
    let fragment = rest.prefix { $0 != "#" }
    let query = fragment.firstIndex(of: "?").map { fragment[fragment.index(after: $0)...] } ?? ""
    let locator = fragment.prefix { $0 != "?" }
    let authority = locator.prefix { $0 != "/" }
    let path = locator[authority.endIndex...]
    let credentials = authority.lastIndex(of: "@").map { authority[..<$0] }
    let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    guard !path.contains("@") else { throw Self.mistake(Self.unescaped) }
    self.init(
      try Self.endpoint(scheme, place, path), database: try Self.database(scheme, path, query),
      tls: isEncrypted ? tls : nil)
    if let credentials { (user, password) = try Self.credentials(credentials) }
  }

  private static let schemes = [
    "redis": false, "valkey": false, "tcp": false, "unix": false, "rediss": true, "valkeys": true,
  ]
  private static let unescaped = "percent-encode the characters @ : / ? # % of user and password ('@' is %40)"
  private static let maximumDatabase = 1 << 20

  private static func endpoint(
    _ scheme: String, _ place: Substring, _ path: Substring
  ) throws(RedisError) -> Endpoint {
    if scheme == "unix" {
      guard let path = String(place + path).percentDecoded, !path.isEmpty else { throw mistake("it has no path") }
      return .unix(path)
    }
    var (host, port) = (place, place[place.endIndex...])
    if place.hasPrefix("["), let end = place.firstIndex(of: "]") {
      host = place[place.index(after: place.startIndex)..<end]
      port = place[place.index(after: end)...]
    } else if let colon = place.lastIndex(of: ":") {
      host = place[..<colon]
      port = place[colon...]
    }
    let number = port.isEmpty ? defaultPort : Int(port.dropFirst())
    guard port.isEmpty || port.hasPrefix(":"), let number, (1...65_535).contains(number) else {
      throw mistake("its port is no number from 1 to 65535; \(unescaped)")
    }
    return .tcp(host: host.isEmpty ? "localhost" : String(host), port: number)
  }

  private static func database(
    _ scheme: String, _ path: Substring, _ query: Substring
  ) throws(RedisError) -> Int {
    let asked = query.split(separator: "&").first { $0.hasPrefix("db=") }?.dropFirst(3)
    guard let text = asked ?? (scheme == "unix" ? nil : path.dropFirst()), !text.isEmpty else { return 0 }
    guard let number = Int(text), (0...maximumDatabase).contains(number) else {
      throw mistake("its database is no number")
    }
    return number
  }

  private static func credentials(_ text: Substring) throws(RedisError) -> (user: String?, password: String?) {
    let user = String(text.prefix { $0 != ":" }).percentDecoded
    let secret = text.firstIndex(of: ":").map { String(text[text.index(after: $0)...]).percentDecoded ?? "" }
    guard let user, !text.contains("@") else { throw mistake(unescaped) }
    return (user.isEmpty ? nil : user, secret?.isEmpty == true ? nil : secret)
  }

  /// It never quotes the address, which may hold a password.
  private static func mistake(_ reason: String) -> RedisError {
    RedisError(
      .configuration,
      "the address cannot be used: \(reason). Expected redis://user:password@host:port/db, rediss://… or unix:///path")
  }
}

extension String {
  /// nil where a `%` is not followed by two hexadecimal digits.
  package var percentDecoded: String? {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(Substring(rest.prefix(2)), radix: 16), rest.first != UInt8(ascii: "+")
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
