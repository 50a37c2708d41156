import NIOSSL
import Yaml

/// `tls_server_config`: what is said, nothing of it read from disk.
struct TLSSettings: Sendable, Equatable {
  /// PEM, in the file itself or in another.
  enum Source: Sendable, Equatable {
    case file(String)
    case text(String)
  }

  /// As Go's crypto/tls names them, https://pkg.go.dev/crypto/tls#ClientAuthType.
  enum ClientAuth: String, Sendable, CaseIterable {
    case none = "NoClientCert"
    case request = "RequestClientCert"
    case requireAny = "RequireAnyClientCert"
    case verifyIfGiven = "VerifyClientCertIfGiven"
    case requireAndVerify = "RequireAndVerifyClientCert"
  }

  let certificate: Source
  let key: Source
  let clientAuthority: Source?
  let clientAuth: ClientAuth
  /// nil: whatever names a client's certificate has.
  let allowedClientNames: Set<String>?
  let versions: ClosedRange<TLSVersionName>
  /// Of TLS 1.2 and before; nil: BoringSSL's own. Those of TLS 1.3 cannot be chosen, in Go neither.
  let ciphers: [NIOTLSCipher]?
  /// nil: BoringSSL's own.
  let curves: [NIOTLSCurve]?

  private static let known = [
    "cert", "key", "client_ca", "cert_file", "key_file", "client_auth_type", "client_ca_file", "cipher_suites",
    "curve_preferences", "min_version", "max_version", "prefer_server_cipher_suites", "client_allowed_sans",
  ]

  /// nil where it says nothing that asks for TLS.
  init?(_ node: YamlNode, directory: String) throws(YamlError) {
    let keys = try node.mapping(known: Self.known)
    func source(_ inline: String, _ file: String) throws(YamlError) -> Source? {
      let (path, text) = (try keys[file]?.string() ?? "", try keys[inline]?.string() ?? "")
      if !path.isEmpty { return .file(path.hasPrefix("/") ? path : "\(directory)/\(path)") }
      return text.isEmpty ? nil : .text(text)
    }
    let (certificate, key) = (try source("cert", "cert_file"), try source("key", "key_file"))
    clientAuthority = try source("client_ca", "client_ca_file")
    clientAuth = try keys["client_auth_type"].map(Self.clientAuth) ?? .none
    allowedClientNames = try keys["client_allowed_sans"].map { (node) throws(YamlError) in
      Set(try node.sequence().map { (node) throws(YamlError) in try node.string() })
    }
    versions = try Self.versions(keys)
    ciphers = try Self.list(keys["cipher_suites"], TLSNames.cipher).map { $0.compactMap(\.self) }
    curves = try Self.list(keys["curve_preferences"]) { name in TLSNames.curves[name] }
    _ = try keys["prefer_server_cipher_suites"]?.bool()
    if certificate == nil, key == nil, clientAuthority == nil, keys["client_auth_type"] == nil { return nil }
    guard let certificate else { throw node.mistake("tls_server_config: falta cert o cert_file") }
    guard let key else { throw node.mistake("tls_server_config: falta key o key_file") }
    guard clientAuthority == nil || clientAuth != .none else {
      throw node.mistake("tls_server_config: hay una CA de clientes sin client_auth_type")
    }
    self.certificate = certificate
    self.key = key
  }

  private static func clientAuth(_ node: YamlNode) throws(YamlError) -> ClientAuth {
    // The older name of the toolkit's.
    let older = ["RequireClientCert": ClientAuth.requireAny, "": .none]
    return try node.value("un client_auth_type: \(ClientAuth.allCases.map(\.rawValue).joined(separator: ", "))") {
      older[$0] ?? ClientAuth(rawValue: $0)
    }
  }

  private static func versions(_ keys: YamlMapping) throws(YamlError) -> ClosedRange<TLSVersionName> {
    func version(_ key: String) throws(YamlError) -> TLSVersionName? {
      try keys[key]?.value("TLS10, TLS11, TLS12 o TLS13") { TLSVersionName(rawValue: $0) }
    }
    let (least, most) = (try version("min_version") ?? .tls12, try version("max_version") ?? .tls13)
    guard least <= most else { throw YamlError("min_version es mayor que max_version", line: keys.line) }
    return least...most
  }

  /// nil for a list that is not there or empty.
  private static func list<Value>(
    _ node: YamlNode?, _ parse: (String) -> Value?
  ) throws(YamlError) -> [Value]? {
    guard let nodes = try node?.sequence(), !nodes.isEmpty else { return nil }
    var values: [Value] = []
    for node in nodes { values.append(try node.value("un nombre de los de crypto/tls de Go", parse)) }
    return values
  }
}

/// A version as the file spells it.
enum TLSVersionName: String, Sendable, Comparable {
  case tls10 = "TLS10"
  case tls11 = "TLS11"
  case tls12 = "TLS12"
  case tls13 = "TLS13"

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  var version: TLSVersion {
    switch self {
    case .tls10: .tlsv1
    case .tls11: .tlsv11
    case .tls12: .tlsv12
    case .tls13: .tlsv13
    }
  }
}

/// Go's names (https://pkg.go.dev/crypto/tls#pkg-constants) of what BoringSSL has.
enum TLSNames {
  static let curves: [String: NIOTLSCurve] = [
    "CurveP256": .secp256r1, "CurveP384": .secp384r1, "CurveP521": .secp521r1, "X25519": .x25519,
  ]

  private static let ciphers: [String: NIOTLSCipher] = [
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA": .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA": .TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA": .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA": .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256": .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384": .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256": .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384": .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256": .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256": .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
  ]
  private static let ofTLS13: Set<String> = [
    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
  ]

  /// nil for an unknown name; a nil inside for one that is accepted and chooses nothing.
  static func cipher(_ name: String) -> NIOTLSCipher?? {
    if ofTLS13.contains(name) { return .some(nil) }
    return ciphers[name].map { .some($0) }
  }
}
