import TelemetryLoki
import Testing

@Suite("Configuration of the Loki client")
struct ConfigurationTests {
  @Test(
    "URLs",
    arguments: [
      ("http://loki:3100", "http://loki:3100/loki/api/v1/push"),
      ("HTTP://loki", "http://loki/loki/api/v1/push"),
      ("https://loki/", "https://loki/loki/api/v1/push"),
      ("https://loki:443/prefix//", "https://loki/prefix/loki/api/v1/push"),
      ("http://loki/loki/api/v1/push", "http://loki/loki/api/v1/push"),
      ("http://loki/a/loki/api/v1/push?token=geheim#x", "http://loki/a/loki/api/v1/push"),
      ("http://[::1]:3100", "http://[::1]:3100/loki/api/v1/push"),
      ("http://u:geheim@loki:1", "http://loki:1/loki/api/v1/push"),
      ("http://u:ge@heim@loki:1", "http://loki:1/loki/api/v1/push"),
      ("http://u@loki?", "http://loki/loki/api/v1/push"),
    ])
  func urls(_ url: String, _ displayed: String) throws {
    #expect(try LokiConfiguration(url: url, job: "j").displayedURL == displayed)
  }

  @Test("a printed configuration shows no password")
  func printed() throws {
    var configuration = try LokiConfiguration(url: "http://u:geheim@loki", job: "j")
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] {
      #expect(!text.contains("geheim") && text.contains("loki"))
    }
    configuration.credentials = .basic(user: "u", passwordFile: "/run/secrets/loki")
    #expect("\(configuration.credentials)" == "u with a password in /run/secrets/loki")
  }

  @Test(
    "what is no URL is said without showing it",
    arguments: [
      "", "geheim", "ftp://geheim", "http://", "http://u:geheim@", "http://geheim:0", "http://geheim:x",
      "http://geheim:65536",
      "http://[::1", "http://u:%zzgeheim@loki", "http://u:%FF@loki", "http://loki/geheim x", "http://geh eim/",
    ])
  func noURL(_ url: String) {
    let error = #expect(throws: LokiConfigurationError.self) { try LokiConfiguration(url: url, job: "j") }
    #expect(error?.description.hasPrefix("the URL of Loki cannot be used: ") == true)
    #expect(error?.description.contains("geheim") == false)
  }
}
