import Bcrypt
import NIOSSL
import Testing
import Yaml

@testable import ExporterServer

/// Source: exporter-toolkit, docs/web-configuration.md.
@Suite("Web configuration")
struct WebConfigurationTests {
  private static let hash = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"

  private func read(_ text: String) throws -> WebConfiguration {
    try WebConfiguration(YamlDocument.parse(text), directory: "/etc/web")
  }

  @Test("an empty file asks for nothing", arguments: ["", "tls_server_config:\n", "tls_server_config: {}\n"])
  func empty(_ text: String) throws {
    let configuration = try read(text)
    #expect(configuration.tls == nil)
    #expect(configuration.users.isEmpty)
    #expect(configuration.rate == nil)
    #expect(configuration.fields.isEmpty)
  }

  @Test("paths are relative to the file; a path wins over what stands in the file")
  func sources() throws {
    let tls = try #require(
      try read(
        "tls_server_config: {cert_file: a.crt, cert: PEM, key: KEY, client_ca_file: /x/ca, "
          + "client_auth_type: RequireAndVerifyClientCert}"
      ).tls)
    #expect(tls.certificate == .file("/etc/web/a.crt"))
    #expect(tls.key == .text("KEY"))
    #expect(tls.clientAuthority == .file("/x/ca"))
    #expect(tls.versions == .tls12 ... .tls13)
    #expect(tls.ciphers == nil)
    #expect(tls.allowedClientNames == nil)
  }

  @Test("all five policies for clients, and the older name of one")
  func clients() throws {
    func policy(_ name: String) throws -> TLSSettings.ClientAuth? {
      try read("tls_server_config: {cert: A, key: B, client_auth_type: '\(name)'}").tls?.clientAuth
    }
    #expect(try policy("NoClientCert") == TLSSettings.ClientAuth.none)
    #expect(try policy("RequestClientCert") == .request)
    #expect(try policy("RequireAnyClientCert") == .requireAny)
    #expect(try policy("RequireClientCert") == .requireAny)
    #expect(try policy("VerifyClientCertIfGiven") == .verifyIfGiven)
    #expect(try policy("RequireAndVerifyClientCert") == .requireAndVerify)
    #expect(throws: YamlError.self) { try policy("Require") }
  }

  @Test("versions, ciphers, curves and names of clients")
  func choices() throws {
    let tls = try #require(
      try read(
        """
        tls_server_config:
          cert: A
          key: B
          min_version: TLS10
          max_version: TLS12
          prefer_server_cipher_suites: false
          cipher_suites: [TLS_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
          curve_preferences: [CurveP256, X25519]
          client_allowed_sans: [one, two]
        """
      ).tls)
    #expect(tls.versions == .tls10 ... .tls12)
    #expect(tls.ciphers == [.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256])
    #expect(tls.curves == [.secp256r1, .x25519])
    #expect(tls.allowedClientNames == ["one", "two"])
  }

  @Test("users, header fields, HTTP/2 and the rate")
  func rest() throws {
    let configuration = try read(
      """
      http_server_config:
        http2: false
        headers: {X-Frame-Options: deny, X-Content-Type-Options: nosniff, Content-Security-Policy: "default-src 'self'"}
      basic_auth_users: {ana: \(Self.hash)}
      rate_limit: {interval: 1s, burst: 20}
      """)
    #expect(!configuration.wantsHTTP2)
    #expect(
      configuration.fields == [
        "X-Frame-Options": "deny", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'self'",
      ])
    #expect(configuration.users["ana"]?.cost == 5)
    #expect(configuration.rate == RateLimit(interval: .seconds(1), burst: 20))
    #expect(try read("rate_limit: {interval: 0, burst: 5}").rate == nil)
    #expect(try read("rate_limit: {interval: 1000000}").rate == RateLimit(interval: .milliseconds(1), burst: 0))
  }

  @Test(
    "what is not understood is an error with its line, and no secret is repeated",
    arguments: [
      ("junk: 1", "junk: clave desconocida"), ("tls_server_config: {certt: a}", "certt: clave desconocida"),
      ("http_server_config: {headers: {Server: x}}", "Server: clave desconocida"),
      ("http_server_config: {headers: {X-Frame-Options: never}}", "X-Frame-Options es deny o sameorigin"),
      ("http_server_config: {headers: {X-XSS-Protection: \"a\\r\\nb\"}}", "X-XSS-Protection tiene un carácter"),
      ("basic_auth_users: {ana: s3cret}", "basic_auth_users: la clave no es un hash de bcrypt"),
      ("tls_server_config: {cert: A}", "tls_server_config: falta key o key_file"),
      ("tls_server_config: {key: s3cret}", "tls_server_config: falta cert o cert_file"),
      ("tls_server_config: {cert: A, key: B, client_ca: C}", "tls_server_config: hay una CA de clientes sin"),
      ("tls_server_config: {cert: A, key: B, min_version: TLS14}", "acá va TLS10, TLS11, TLS12 o TLS13"),
      ("tls_server_config: {min_version: TLS13, max_version: TLS12}", "min_version es mayor que max_version"),
      ("tls_server_config: {cipher_suites: [TLS_INVENTED]}", "acá va un nombre de los de crypto/tls de Go"),
      ("tls_server_config: {curve_preferences: [P1]}", "acá va un nombre de los de crypto/tls de Go"),
      ("rate_limit: {interval: fast}", "acá va una duración"), ("hWkNKCp3fvIx", "acá va un mapa"),
    ])
  func mistakes(_ text: String, _ expected: String) {
    let error = #expect(throws: YamlError.self) { try read(text) }
    #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
    #expect(error?.line == 1)
    #expect(error?.description.contains("s3cret") == false)
  }
}

@Suite("Basic credentials")
struct BasicCredentialsTests {
  @Test("as RFC 7617 has them")
  func right() {
    #expect(BasicCredentials("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")?.user == "Aladdin")
    #expect(BasicCredentials("basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")?.password == "open sesame")
    #expect(BasicCredentials("Basic dGVzdDoxMjPCow==")?.password == "123£")
    #expect(BasicCredentials("Basic YTpiOmM=")?.password == "b:c")
    #expect(BasicCredentials("Basic Og==")?.user == "")
  }

  @Test(
    "anything else is none",
    arguments: [
      nil, "", "Basic", "Basic ", "Bearer QTpC", "Basic QUI=", "Basic QTp", "Basic ====", "Basic QTpC!", "Basic Q=pC",
    ] as [String?])
  func wrong(_ header: String?) { #expect(BasicCredentials(header) == nil) }
}

@Suite("RateLimiter")
struct RateLimiterTests {
  @Test("a burst at once, then one an interval, and no more than the burst is saved up")
  func bucket() {
    let start = ContinuousClock.now
    let limiter = RateLimiter(RateLimit(interval: .seconds(1), burst: 2), at: start)
    func allowed(_ seconds: Double) -> Bool { limiter.allows(at: start + .seconds(seconds)) }
    #expect([allowed(0), allowed(0), allowed(0)] == [true, true, false])
    #expect([allowed(0.5), allowed(1.1), allowed(1.2)] == [false, true, false])
    #expect([allowed(60), allowed(60), allowed(60)] == [true, true, false])
    #expect(!allowed(10))
  }

  @Test("without a burst nothing passes, as with theirs")
  func none() {
    let limiter = RateLimiter(RateLimit(interval: .milliseconds(1), burst: 0))
    #expect(!limiter.allows(at: .now + .seconds(9)))
  }
}
