import ExporterKit
import Logging
import Telemetry
import TelemetryHTTP
import Testing

@testable import ExporterServer

@Suite("Flags of web and log")
struct WebFlagsTests {
  private let flags = WebFlags(environment: ["web.telemetry-path": ["X_PATH"], "web.listen-address": ["X_ADDRESS"]])

  private func options(_ arguments: String..., environment: [String: String] = [:]) throws -> WebOptions {
    try flags.options(FlagValues(arguments, flags: flags.all, environment: environment))
  }

  @Test("nothing said, the standard exporters' defaults")
  func defaults() throws {
    let options = try options()
    #expect(options == WebOptions())
    #expect(options.telemetryPath == "/metrics")
    #expect(options.maximumRequests == 40)
    #expect(options.hasExporterMetrics)
  }

  @Test("each flag says what it is for")
  func values() throws {
    let options = try options(
      "--web.listen-address=:9100", "--web.listen-address", "[::1]:9101", "--web.telemetry-path=/m",
      "--web.config.file=web.yml", "--web.disable-exporter-metrics", "--web.max-requests=0")
    #expect(
      options
        == WebOptions(
          addresses: [ListenAddress(host: "", port: 9100), ListenAddress(host: "::1", port: 9101)],
          telemetryPath: "/m", configFile: "web.yml", hasExporterMetrics: false, maximumRequests: 0))
  }

  @Test("the standard exporter's variables are read, behind the command line")
  func environment() throws {
    let environment = ["X_PATH": "/x", "X_ADDRESS": "127.0.0.1:1"]
    #expect(try options(environment: environment).telemetryPath == "/x")
    #expect(try options(environment: environment).addresses == [ListenAddress(host: "127.0.0.1", port: 1)])
    #expect(try options("--web.telemetry-path=/y", environment: environment).telemetryPath == "/y")
  }

  @Test(
    "addresses as Go writes them",
    arguments: [
      (":9100", "", 9100), ("127.0.0.1:9100", "127.0.0.1", 9100), ("[::1]:9100", "::1", 9100),
      ("localhost:0", "localhost", 0), ("[::]:65535", "::", 65535),
    ])
  func addresses(_ text: String, _ host: String, _ port: Int) throws {
    let address = try #require(ListenAddress(text))
    #expect(address == ListenAddress(host: host, port: port))
    #expect(ListenAddress(address.description) == address)
  }

  @Test(
    "what is wrong is said",
    arguments: [
      "--web.listen-address=9100", "--web.listen-address=::1:9100", "--web.listen-address=:65536",
      "--web.listen-address=:http", "--web.listen-address=vsock://:9100", "--web.telemetry-path=metrics",
      "--web.telemetry-path=/-/ready", "--web.telemetry-path=/a b", "--web.telemetry-path=/a?b",
      "--web.max-requests=-1", "--web.max-requests=many",
    ])
  func mistakes(_ argument: String) {
    let mistake = #expect(throws: FlagMistake.self) { try options(argument) }
    #expect(mistake?.description.hasPrefix(argument.prefix { $0 != "=" }) == true)
  }

  @Test("levels and formats have the standard exporters' names")
  func log() throws {
    func options(_ arguments: String...) throws -> (level: Logger.Level?, format: LogFormat) {
      try LogFlags.options(FlagValues(arguments, flags: LogFlags.all, environment: [:]))
    }
    #expect(try options().level == nil)
    #expect(try options().format == .json)
    #expect(try options("--log.level=warn").level == .warning)
    #expect(try options("--log.level", "debug").level == .debug)
    #expect(try options("--log.format=logfmt").format == .logfmt)
    for wrong in ["--log.level=loud", "--log.level=WARN", "--log.format=text"] {
      #expect(throws: FlagMistake.self) { try options(wrong) }
    }
  }
}
