/// Where a server listens.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// An IP address without brackets or a host's name; empty for every address of the machine, IPv6 and IPv4.
  public let host: String
  /// 0 for one that is free.
  public let port: Int

  /// Nothing is checked.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// As Go writes it: `:9100`, `127.0.0.1:9100`, `[::1]:9100`, `localhost:9100`.
  /// See https://pkg.go.dev/net#SplitHostPort. Nil for anything else; a service's name is no port here.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.contains(where: { "[]/".contains($0) || $0.isWhitespace }) else { return nil }
    self.init(host: String(host), port: Int(port))
  }

  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
