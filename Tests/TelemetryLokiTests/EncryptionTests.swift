import Foundation
import Telemetry
import TelemetryLoki
import TestSupport
import Testing

/// https, with certificates that the test makes.
@Suite("Loki over TLS", .timeLimit(.minutes(1)))
struct EncryptionTests {
  /// Ends TLS and passes on what is inside.
  private static let proxy = """
    import socket, ssl, sys, threading
    port, target, certificate, key = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", port))
    print("ready", flush=True)
    def pass_on(a, b):
        try:
            while data := a.recv(65536): b.sendall(data)
        except OSError: pass
        for s in (a, b):
            try: s.shutdown(socket.SHUT_RDWR)
            except OSError: pass
    def serve(raw):
        try: client = context.wrap_socket(raw, server_side=True)
        except OSError: return
        server = socket.create_connection(("127.0.0.1", target))
        threading.Thread(target=pass_on, args=(server, client), daemon=True).start()
        pass_on(client, server)
    while True: threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
    """

  @Test("a trusted certificate is accepted for its name and its address, others are an outage")
  func certificates() async throws {
    let (directory, receiver) = (try TemporaryDirectory("loki"), try StrictReceiver())
    let (certificate, key) = (directory.file("cert.pem"), directory.file("key.pem"))
    try await Subprocess.check([
      "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
      "2",
      "-subj", "/CN=loki", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
    ])
    let port = try FreePorts.next()
    let script = try directory.write(Self.proxy, to: "proxy.py")
    let proxy = try await ServerProcess(
      "proxy", ["/usr/bin/python3", script, "\(port)", "\(receiver.port)", certificate, key], in: directory)
    try await eventually("the proxy") {
      (try? String(contentsOfFile: directory.file("proxy.log"), encoding: .utf8))?.contains("ready") == true
    }
    for (number, host) in ["localhost", "127.0.0.1"].enumerated() {
      let reports = Reports()
      var configuration = try LokiConfiguration.test("https://\(host):\(port)")
      configuration.trustedCertificatesFile = certificate
      let sink = LokiSink(configuration, reports)
      sink.write(Numbered.records(number * 10..<number * 10 + 10))
      sink.finish()
      #expect(reports.all == [], "\(host)")
    }
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<20))
    let reports = Reports()
    let sink = LokiSink(try .test("https://localhost:\(port)"), reports)
    sink.write([Numbered.record(20)])
    try await eventually("the refusal") { reports.awayCount == 1 }
    sink.finish(withinSeconds: 1)
    #expect(receiver.entries.count == 20)
    #expect("\(reports.all)".contains("CERTIFICATE_VERIFY_FAILED"))
    try await proxy.stop()
  }
}
