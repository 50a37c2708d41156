import Bcrypt
import ExporterKit
import Yaml

/// What `--web.config.file` says, in exporter-toolkit's format and with its defaults
/// (https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md).
struct WebConfiguration: Sendable, Equatable {
  /// nil: plain HTTP.
  var tls: TLSSettings?
  /// Asked for, and not had: this server speaks HTTP/1.1.
  var wantsHTTP2 = true
  /// Header fields of every answer.
  var fields: [String: String] = [:]
  /// Hashes by name; empty: everybody may ask.
  var users: [String: BcryptHash] = [:]
  var rate: RateLimit?

  /// - Parameter directory: of the file, for the paths in it.
  init(_ root: YamlNode, directory: String) throws(YamlError) {
    let keys = try root.mapping(known: ["tls_server_config", "http_server_config", "rate_limit", "basic_auth_users"])
    if let node = keys["tls_server_config"] { tls = try TLSSettings(node, directory: directory) }
    if let node = keys["http_server_config"] { try readHTTP(node) }
    if let node = keys["rate_limit"] { rate = try RateLimit(node) }
    for entry in try keys["basic_auth_users"]?.mapping().entries ?? [] {
      guard let hash = BcryptHash(try entry.value.string()) else {
        throw entry.value.mistake("basic_auth_users: la clave no es un hash de bcrypt (htpasswd -nB usuario)")
      }
      users[entry.key] = hash
    }
  }

  private mutating func readHTTP(_ node: YamlNode) throws(YamlError) {
    let keys = try node.mapping(known: ["http2", "headers"])
    if let http2 = keys["http2"] { wantsHTTP2 = try http2.bool() }
    for entry in try keys["headers"]?.mapping(known: SecurityField.all.map(\.name)).entries ?? [] {
      let value = try entry.value.string()
      let allowed = SecurityField.all.first { $0.name == entry.key }?.values ?? []
      guard allowed.isEmpty || allowed.contains(value) else {
        throw entry.value.mistake("\(entry.key) es \(allowed.joined(separator: " o "))")
      }
      guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw entry.value.mistake("\(entry.key) tiene un carácter de control")
      }
      if !value.isEmpty { fields[entry.key] = value }
    }
  }
}

/// A header field that the file may set.
private struct SecurityField {
  let name: String
  /// Empty: any.
  let values: [String]

  static let all = [
    SecurityField(name: "Content-Security-Policy", values: []),
    SecurityField(name: "Strict-Transport-Security", values: []),
    SecurityField(name: "X-Content-Type-Options", values: ["nosniff"]),
    SecurityField(name: "X-Frame-Options", values: ["deny", "sameorigin"]),
    SecurityField(name: "X-XSS-Protection", values: []),
  ]
}
