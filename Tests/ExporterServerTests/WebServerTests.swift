import Foundation
import TestSupport
import Testing

/// The built node-exporter behind a web configuration, as curl and openssl meet it.
@Suite("Web configuration in use", .timeLimit(.minutes(3)))
struct WebServerTests {
  /// Of `secreto`, at the lowest cost; made by `htpasswd -nbBC 4`.
  private static let hash = "$2y$04$Szpw29/XVhIGgRQRE3klaek9JAmtk2tP6xYvqjQkxgOwaGT6bjb9a"

  private struct Answer {
    let status: Int
    let head: String
    let body: String
  }

  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory("web") }

  private func certificate(_ name: String, san: String) async throws {
    try await Subprocess.check([
      "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", directory.file("\(name).key"), "-out", directory.file("\(name).crt"), "-days", "2", "-subj",
      "/CN=\(name)", "-addext", "subjectAltName=\(san)",
    ])
  }

  private func exporter(_ configuration: String, _ arguments: String...) async throws -> RunningExporter {
    let file = try directory.write(configuration, to: "web.yml")
    return try await RunningExporter(
      "node-exporter", ["--web.config.file=\(file)"] + arguments, waitsForReady: false, in: directory)
  }

  private func curl(_ exporter: RunningExporter, _ path: String, tls: Bool = true, _ more: String...) async throws
    -> Answer?
  {
    let url = "\(tls ? "https" : "http")://localhost:\(exporter.port)\(path)"
    let secure = tls ? ["--cacert", directory.file("server.crt")] : []
    let output = try await Subprocess.run(["/usr/bin/curl", "-4", "-s", "-i", "-m", "8"] + secure + more + [url])
    guard output.status == 0, let status = output.standardOutput.firstMatch(of: /^HTTP\/\S+ (\d+)/) else { return nil }
    let parts = output.standardOutput.split(separator: "\r\n\r\n", maxSplits: 1)
    return Answer(status: Int(status.1) ?? 0, head: String(parts[0]), body: parts.count > 1 ? String(parts[1]) : "")
  }

  @Test("TLS, and plain HTTP to its port is told so")
  func tls() async throws {
    try await certificate("server", san: "DNS:localhost")
    let exporter = try await exporter("tls_server_config: {cert_file: server.crt, key_file: server.key}\n")
    let answer = try await curl(exporter, "/metrics")
    #expect(answer?.status == 200)
    #expect(answer?.body.contains("node_load1 ") == true)
    let plain = try await exporter.exchange("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", closing: false)
    #expect(
      plain == "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n")
    #expect(try await curl(exporter, "/metrics", "--tls-max", "1.1") == nil)
    #expect(try await curl(exporter, "/metrics", "--tls-max", "1.2")?.status == 200)
    let silent = try RawConnection(port: exporter.port)
    #expect(try await silent.readToEnd(within: .seconds(13)) != nil)
  }

  @Test("versions and ciphers are those that the file allows")
  func versions() async throws {
    try await certificate("server", san: "DNS:localhost")
    let exporter = try await exporter(
      """
      tls_server_config:
        cert_file: server.crt
        key_file: server.key
        max_version: TLS12
        cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]
      """)
    #expect(try await curl(exporter, "/", "--tlsv1.3") == nil)
    #expect(try await curl(exporter, "/", "--ciphers", "ECDHE-ECDSA-AES128-GCM-SHA256") == nil)
    #expect(try await curl(exporter, "/", "--ciphers", "ECDHE-ECDSA-AES256-GCM-SHA384")?.status == 200)
  }

  @Test(
    "who may come with which certificate",
    arguments: [
      ("NoClientCert", "", [true, true, true]), ("RequestClientCert", "", [true, true, true]),
      ("RequireAnyClientCert", "", [false, true, true]),
      ("VerifyClientCertIfGiven", "client_ca_file: known.crt", [true, true, false]),
      ("RequireAndVerifyClientCert", "client_ca_file: known.crt", [false, true, false]),
      ("RequireAndVerifyClientCert", "client_ca_file: known.crt, client_allowed_sans: [a, two]", [false, true, false]),
      (
        "RequireAndVerifyClientCert", "client_ca_file: known.crt, client_allowed_sans: [10.0.0.1]",
        [false, true, false]
      ),
      ("RequireAndVerifyClientCert", "client_ca_file: known.crt, client_allowed_sans: [a]", [false, false, false]),
      ("RequireAnyClientCert", "client_allowed_sans: [other]", [false, false, true]),
    ])
  func clients(_ policy: String, _ more: String, _ expected: [Bool]) async throws {
    try await certificate("server", san: "DNS:localhost")
    try await certificate("known", san: "DNS:one,DNS:two,IP:10.0.0.1")
    try await certificate("other", san: "DNS:other")
    let base = "cert_file: server.crt, key_file: server.key, client_auth_type: \(policy)"
    let exporter = try await exporter("tls_server_config: {\(base)\(more.isEmpty ? "" : ", ")\(more)}\n")
    func passes(_ name: String?) async throws -> Bool {
      guard let name else { return try await curl(exporter, "/")?.status == 200 }
      return try await curl(
        exporter, "/", "--cert", directory.file("\(name).crt"), "--key", directory.file("\(name).key"))?
        .status == 200
    }
    #expect(try await [passes(nil), passes("known"), passes("other")] == expected)
  }

  @Test("a password opens every path, and without it every path is 401")
  func passwords() async throws {
    let exporter = try await exporter(
      "basic_auth_users: {ana: \(Self.hash)}\nhttp_server_config: {headers: {X-Frame-Options: deny}}\n")
    for path in ["/metrics", "/", "/-/healthy", "/nothing"] {
      let answer = try #require(try await curl(exporter, path, tls: false))
      #expect(answer.status == 401, "\(path)")
      #expect(answer.head.contains("WWW-Authenticate: Basic"))
      #expect(answer.head.contains("X-Frame-Options: deny"))
    }
    #expect(try await curl(exporter, "/metrics", tls: false, "-u", "ana:secreto")?.status == 200)
    #expect(try await curl(exporter, "/nothing", tls: false, "-u", "ana:secreto")?.status == 404)
    #expect(try await curl(exporter, "/metrics", tls: false, "-u", "ana:secreta")?.status == 401)
    #expect(try await curl(exporter, "/metrics", tls: false, "-u", "eva:secreto")?.status == 401)
    #expect(!exporter.log.contains("secret"))
  }

  @Test("files are read again when they change; a broken one keeps the old, logged once")
  func changes() async throws {
    try await certificate("server", san: "DNS:localhost")
    let tls = "tls_server_config: {cert_file: server.crt, key_file: server.key}\n"
    let exporter = try await exporter(tls)
    #expect(try await curl(exporter, "/")?.status == 200)
    // A new certificate under the same name: only whoever trusts the new one gets through.
    try await certificate("server", san: "DNS:localhost")
    #expect(try await curl(exporter, "/")?.status == 200)
    _ = try directory.write(tls + "basic_auth_users: {ana: \(Self.hash)}\n", to: "web.yml")
    #expect(try await curl(exporter, "/")?.status == 401)
    _ = try directory.write("nonsense: 1\n", to: "web.yml")
    for _ in 0..<3 { #expect(try await curl(exporter, "/")?.status == 401) }
    #expect(exporter.log.matches(of: /nonsense: clave desconocida/).count == 1)
    _ = try directory.write("rate_limit: {}\n", to: "web.yml")
    for _ in 0..<2 { #expect(try await curl(exporter, "/")?.status == 401) }
    #expect(exporter.log.matches(of: /TLS no se prende ni se apaga/).count == 1)
    _ = try directory.write(tls, to: "web.yml")
    #expect(try await curl(exporter, "/")?.status == 200)
  }

  @Test("the rate limit refuses with 429 whoever comes too often")
  func rate() async throws {
    let exporter = try await exporter("rate_limit: {interval: 1h, burst: 2}\n")
    var found: [Int?] = []
    for _ in 0..<4 { found.append(try await curl(exporter, "/-/healthy", tls: false)?.status) }
    #expect(found == [200, 200, 429, 429])
  }

  @Test(
    "a configuration that cannot be used is one line and exit code 1",
    arguments: [
      ("junk: 1\n", "junk: clave desconocida"),
      ("tls_server_config: {cert_file: no.crt, key_file: no.key}\n", "no.crt"),
      ("tls_server_config: {cert: x, key: s3cret}\n", "certificado y clave no sirven"),
    ])
  func broken(_ configuration: String, _ expected: String) async throws {
    let file = try directory.write(configuration, to: "web.yml")
    let output = try await Subprocess.run(
      [try Binaries.path(of: "node-exporter"), "--web.config.file=\(file)", "--web.listen-address=127.0.0.1:0"])
    #expect(output.status == 1)
    #expect(output.standardError.hasPrefix("node-exporter: --web.config.file: "))
    #expect(output.standardError.contains(expected))
    #expect(!output.standardError.contains("s3cret"))
    #expect(output.standardError.split(separator: "\n").count == 1)
  }

  @Test("a wrong flag is one line and exit code 2; an address that is taken is 1")
  func flags() async throws {
    let binary = try Binaries.path(of: "node-exporter")
    for wrong in ["--web.listen-address=x", "--log.level=loud", "--nothing"] {
      let output = try await Subprocess.run([binary, wrong])
      #expect(output.status == 2, "\(wrong)")
      #expect(output.standardError.contains("mirá node-exporter --help"))
    }
    let exporter = try await RunningExporter("node-exporter")
    let taken = try await Subprocess.run([binary, "--web.listen-address=127.0.0.1:\(exporter.port)"])
    #expect(taken.status == 1)
    #expect(taken.standardError.contains("cannot listen on 127.0.0.1:\(exporter.port)"))
  }

  @Test("several addresses, another path, logfmt, and none of the process' own families")
  func standardFlags() async throws {
    let second = try FreePorts.next()
    let exporter = try await RunningExporter(
      "node-exporter",
      [
        "--web.listen-address=[::1]:\(second)", "--web.telemetry-path=/m", "--web.disable-exporter-metrics",
        "--log.format=logfmt", "--log.level=info",
      ])
    let page = try await exporter.send("GET", "/m").text
    #expect(page.contains("node_load1 "))
    #expect(page.contains("node_scrape_collector_success"))
    #expect(!page.contains("process_resident_memory_bytes"))
    #expect(try await exporter.send("GET", "/metrics").status == 404)
    let other = try await Subprocess.check(["/usr/bin/curl", "-gs", "http://[::1]:\(second)/m"])
    #expect(other.contains("node_load1 "))
    #expect(
      exporter.log.contains(/(?m)^time=\S+Z level=INFO source=node-exporter msg=listening address=::1 port=\d+$/))
  }
}
