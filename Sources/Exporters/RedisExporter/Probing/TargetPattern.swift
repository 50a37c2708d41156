import Redis

/// An address that the configuration names, or many of them where it has `*`. The database does not matter.
struct TargetPattern: Sendable, Hashable {
  private let text: String

  /// As `TargetPattern.name(of:)` writes addresses; a bare `host:port` is `redis://host:port`.
  init(_ text: String) {
    let isComplete = text.contains("://")
    let whole = isComplete ? text : "redis://" + text
    // Without a pattern it is brought into the form of a name.
    let parsed = whole.contains("*") ? nil : try? RedisConfiguration(url: whole)
    self.text = parsed.map(Self.name) ?? whole
  }

  /// `redis://[user@]host:port`, or the socket's path.
  static func name(of configuration: RedisConfiguration) -> String {
    let user = configuration.user.map { $0 + "@" } ?? ""
    switch configuration.endpoint {
    case .tcp(let host, let port):
      let host = host.contains(":") ? "[\(host)]" : host
      return "\(configuration.tls == nil ? "redis" : "rediss")://\(user)\(host):\(port)"
    case .unix(let path): return "unix://\(user)\(path)"
    }
  }

  func matches(_ configuration: RedisConfiguration) -> Bool {
    Self.matches(Array(text.utf8)[...], Array(Self.name(of: configuration).utf8)[...])
  }

  /// `*` stands for any text, everything else for itself. Linear in the product of the lengths.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (p, t) = (pattern.startIndex, text.startIndex)
    var star: (pattern: Int, text: Int)?
    while t < text.endIndex {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        star = (p + 1, t)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == text[t] {
        (p, t) = (p + 1, t + 1)
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        (p, t) = (last.pattern, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
