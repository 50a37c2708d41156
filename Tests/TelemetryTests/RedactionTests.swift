import Foundation
import Logging
import Synchronization
import Telemetry
import TestSupport
import Testing

/// What is a secret never reaches a sink, in whatever part of a record it stands; what is none stays.
@Suite("Redaction", .timeLimit(.minutes(2)))
struct RedactionTests {
  /// Everything that a sink can see of records.
  private final class FieldSink: LogSink, Sendable {
    private let kept = Mutex<[LogRecord]>([])
    func write(_ records: [LogRecord]) { kept.withLock { $0 += records } }
    var records: [LogRecord] { kept.withLock { $0 } }
    /// Line, message and fields as text, one a record.
    var texts: [String] {
      records.map { "\(String(decoding: $0.line, as: UTF8.self))\u{1}\($0.message)\u{1}\($0.metadata)" }
    }
  }

  private func records(_ body: (Logger) -> Void) throws -> [LogRecord] {
    let sink = FieldSink()
    let pipeline = LogPipeline(service: "s", sinks: [("fields", sink)], sampling: nil) { _ in }
    body(pipeline.logger())
    pipeline.close(withinSeconds: 20)
    return sink.records
  }

  private func cleaned(_ texts: [String]) throws -> [String] {
    try records { logger in for text in texts { logger.info("\(text)") } }.map(\.message)
  }

  private static let card = "4111111111111111"

  @Test("secrets go, and the rest of the text stays")
  func texts() throws {
    let cases = [
      "GET /a?token=abc123&page=2": "GET /a?token=[redacted]&page=2",
      "host=db password=s3cr3t user=app": "host=db password=[redacted] user=app",
      "password='it''s \\' long' user=a": "password='[redacted]' user=a",
      #"{"user":"ana","password":"a\"b,c","n":1}"#: #"{"user":"ana","password":"[redacted]","n":1}"#,
      #"body {\"api_key\":\"k-1\",\"b\":2}"#: #"body {\"api_key\":\"[redacted]\",\"b\":2}"#,
      "postgres://app:s3cr3t@db:5432/shop failed": "postgres://app:[redacted]@db:5432/shop failed",
      "redis://:p@ss@cache:6379/0": "redis://:[redacted]@cache:6379/0",
      "https://user@example.org:8080/a?b=c": "https://user@example.org:8080/a?b=c",
      "amqp://a:b/c@host/x": "amqp://a:[redacted]@host/x",
      "Authorization: Bearer abc.def-ghi\nHost: a": "Authorization: [redacted]\nHost: a",
      "got Bearer abc.def-ghi, and went on": "got Bearer [redacted], and went on",
      "proxy said basic dXNlcjpwYXNz": "proxy said basic [redacted]",
      "bearer token expired": "bearer token expired",
      "Set-Cookie: sid=1; Path=/\r\nA: b": "Set-Cookie: [redacted]\r\nA: b",
      "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln end": "jwt [redacted] end",
      "cut eyJhbGciOiJIUzI1NiJ9.eyJzd": "cut [redacted]",
      "not one: eyJhbGciOiJ end": "not one: eyJhbGciOiJ end",
      "card 4111 1111 1111 1111.": "card [redacted].",
      "card 4111-1111-1111-1111, 3782 822463 10005": "card [redacted], [redacted]",
      "card \(Self.card) and 4111111111111112": "card [redacted] and 4111111111111112",
      "x-api-key: k;next": "x-api-key: [redacted]",
      "(secret=a,b,user=c)": "(secret=[redacted],user=c)",
      "clave: hola": "clave: [redacted]",
      "CONTRASEÑA=hola": "CONTRASEÑA=[redacted]",
      "token_count=5 password_changed_at=2026 tokens=3": "token_count=5 password_changed_at=2026 tokens=3",
      "select a::text, password::text from b": "select a::text, password::text from b",
      "at 10:20:30, a=b, b: c": "at 10:20:30, a=b, b: c",
      "password=": "password=", "=": "=", ":": ":", "://": "://", "Bearer ": "Bearer ", "eyJ.": "eyJ.",
      #"tokens {"secret":{"a":"b"},"c":1}"#: #"tokens {"secret":[redacted],"c":1}"#,
      "secret => 'abc' ok": "secret => '[redacted]' ok",
      "user[password]=abc&x=1": "user[password]=[redacted]&x=1",
      #"{"url":"postgres:\/\/u:hunter2@db\/x"}"#: #"{"url":"postgres:\/\/u:[redacted]@db\/x"}"#,
      #"Bearer "abcdef0123456789" x"#: #"Bearer "[redacted]" x"#,
      "card 4111_1111_1111_1111.": "card [redacted].", "card 4111  1111  1111  1111.": "card [redacted].",
      "card 4111\u{A0}1111\u{A0}1111\u{A0}1111.": "card [redacted].",
      "pinned=3 signal=9 design: x sides=4": "pinned=3 signal=9 design: x sides=4",
      "api key=1, master key=2, keyboard=3": "api key=1, master key=2, keyboard=3",
    ]
    let texts = cases.keys.sorted()
    for (text, clean) in zip(texts, try cleaned(texts)) { #expect(clean == cases[text], "\(text)") }
  }

  @Test(
    "names of secrets",
    arguments: [
      "password", "Password", "db_password", "DB_PASSWORD", "passwordHash", "passwd", "pwd", "secret", "clientSecret",
      "client_secret", "token", "access_token", "accessToken", "authtoken", "api_key", "apikey", "API-KEY", "apiKey",
      "x-api-key", "authorization", "Proxy-Authorization", "cookie", "Set-Cookie", "private_key", "privateKey",
      "credential", "credentials", "aws_secret_access_key", "jwt", "passphrase", "clave", "contraseña", "CONTRASEÑA",
      "token2", "user.password", "signing_key", "APIKey", "otp", "pin", "sid", "sessionid", "session_id", "sessionId",
      "secret_id", "sig", "signature", "X-Amz-Signature",
    ])
  func secretNames(_ name: String) throws {
    let record = try #require(
      try records { $0.info("m", metadata: [name: "hidden-value", "list": [["a": [name: "hidden-value"]]]]) }.first)
    #expect(!"\(String(decoding: record.line, as: UTF8.self)) \(record.metadata)".contains("hidden-value"))
    #expect(record.metadata[name] == "[redacted]")
    #expect(String(decoding: record.line, as: UTF8.self).contains(#""\#(name)":"[redacted]""#))
  }

  @Test(
    "names of what is no secret",
    arguments: [
      "token_count", "password_changed_at", "tokenCount", "secret_name", "token_type", "expires_in", "key", "keys",
      "tokens", "cookie_name", "password_length", "compass", "bypass", "tokenizer", "author", "passenger", "monkey",
      "secretary", "session_count", "session_id_count", "request_id", "PASSWORD_FILE", "token_expires_at", "key_id",
      "access_key_id", "apikey_id", "",
    ])
  func otherNames(_ name: String) throws {
    let record = try #require(try records { $0.info("m", metadata: [name: "shown-value"]) }.first)
    #expect(record.metadata[name] == "shown-value")
    #expect(String(decoding: record.line, as: UTF8.self).contains("shown-value"))
  }

  @Test("every part of a record is cleared: message, error, metadata, nested values, keys, numbers")
  func parts() throws {
    struct Broken: Error, CustomStringConvertible { let description = "cannot reach redis://:hunter2@cache" }
    struct Described: CustomStringConvertible, Sendable { let description = "Bearer hunter2" }
    let record = try #require(
      try records { logger in
        logger.error(
          "postgres://a:hunter2@b", error: Broken(),
          metadata: [
            "url": "https://a:hunter2@b/", "described": .stringConvertible(Described()),
            "list": ["token=hunter2", ["deep": "password=hunter2"]], "password": ["hunter2"],
            "cookie": .stringConvertible(42), "card": .stringConvertible(4_111_111_111_111_111),
            "unsigned": .stringConvertible(UInt64(4_111_111_111_111_111)), "number": .stringConvertible(1_234),
            "key token=hunter2": "x", "plain": "stays",
          ])
      }.first)
    let line = String(decoding: record.line, as: UTF8.self)
    for text in [line, record.message, "\(record.metadata)"] {
      #expect(!text.contains("hunter2") && !text.contains("4111"), "\(text)")
    }
    let object = try [String: Any](json: line)
    #expect(object["message"] as? String == "postgres://a:[redacted]@b")
    #expect(object["error"] as? String == "cannot reach redis://:[redacted]@cache")
    #expect(object["cookie"] as? String == "[redacted]")
    #expect(object["card"] as? String == "[redacted]")
    #expect(object["number"] as? Int == 1_234)
    #expect(record.metadata["error"] == "cannot reach redis://:[redacted]@cache")
    #expect(record.metadata["plain"] == "stays")
    #expect(record.metadata["list"] == ["token=[redacted]", ["deep": "password=[redacted]"]])
    #expect(record.metadata["described"] == "Bearer [redacted]")
  }

  @Test("identifiers, instants and versions are no cards")
  func innocent() throws {
    let texts = [
      "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "1795521600123", "1795521600123456789",
      "4bf92f35-4111-4111-8111-111111111111", "2026-11-25T03:19:08.123456789Z", "10.0.0.1 10.0.0.2",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "4111 1111 1111", "41111111111111111111",
    ]
    #expect(try cleaned(texts) == texts)
  }

  /// A place where a secret may stand, and what such a secret is made of.
  private static let places: [(before: String, after: String, alphabet: String)] = [
    ("password=", " ", "abcXYZ019!$%*-_./~@:"), ("&access_token=", "&a=b", "abcXYZ019-_.~%"),
    ("postgres://user:", "@host/db ", "abcXYZ019!$*-_.~:@"), ("https://:", "@host ", "abcXYZ019-_.~"),
    ("Authorization: ", "\n", "abcXYZ019 =,;\"'-_./~"), ("Bearer ", " ", "abcXYZ019-._~+/="),
    ("basic ", "\n", "abcXYZ019+/="), (#""client_secret": ""#, "\" ", "abcXYZ019 ,;:=&{}[]'/"),
    ("pwd = '", "' ", "abcXYZ019 ,;:=&{}[]\"/"), ("Cookie: a=", "\r\n", "abcXYZ019; =\"-"),
    ("eyJ", ".eyJ9.c2ln ", "abcXYZ019-_"),
  ]

  @Test("a secret in whatever surroundings never shows")
  func property() throws {
    var random = SeededGenerator(for: "redaction")
    var secrets: [String] = []
    let sink = FieldSink()
    let pipeline = LogPipeline(service: "s", sinks: [("fields", sink)], sampling: nil) { _ in }
    for number in 0..<3_000 {
      guard let place = Self.places.randomElement(using: &random) else { continue }
      // Begins and ends with what no place takes for an end of it, and is found again by its middle.
      let inner = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
        place.alphabet.randomElement(using: &random)
      }
      let secret = "q7" + String(inner) + "zQ\(number)q"
      secrets.append(secret)
      // Surroundings that end in a blank, so that they are no part of the name, the scheme or the URL.
      let text =
        random.text(maximumCount: 30) + " " + place.before + secret + place.after + random.text(maximumCount: 30)
      switch number % 4 {
      case 0: pipeline.logger().info("\(text)")
      case 1: pipeline.logger().info("m", metadata: ["a": "\(text)"])
      case 2: pipeline.logger().info("m", error: LogSinkError(text))
      default: pipeline.logger().info("m", metadata: ["a": ["b": ["\(text)"]]])
      }
    }
    pipeline.close(withinSeconds: 20)
    let texts = sink.texts
    try #require(texts.count == secrets.count)
    for (text, secret) in zip(texts, secrets) {
      #expect(!text.contains(secret.suffix(6)) && !text.contains(secret), "seed \(random.seed): \(secret) in \(text)")
      #expect(text.contains("[redacted]"), "seed \(random.seed)")
    }
  }

  @Test("card numbers of every length, grouped in any way, never show")
  func cards() throws {
    var random = SeededGenerator(for: "cards")
    var numbers: [String] = []
    let shown = try cleaned(
      (0..<2_000).map { _ in
        var digits = [Int.random(in: 2...6, using: &random)]
        let count = Int.random(in: 13...19, using: &random)
        while digits.count < count - 1 { digits.append(Int.random(in: 0...9, using: &random)) }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
          let doubled = digit.offset % 2 == 0 ? digit.element * 2 : digit.element
          return sum + (doubled > 9 ? doubled - 9 : doubled)
        }
        digits.append((10 - sum % 10) % 10)
        let separator = ["", " ", "-", "."].randomElement(using: &random) ?? ""
        let text = digits.enumerated().map { index, digit in
          index > 0 && index.isMultiple(of: 4) ? "\(separator)\(digit)" : "\(digit)"
        }.joined()
        numbers.append(text)
        let surroundings = ["n", "ñ ", "«", "card:", "=", "\"", "x", " "]
        let (before, after) = (surroundings.randomElement(using: &random), surroundings.randomElement(using: &random))
        return "\(before ?? "")\(text)\(after ?? "")"
      })
    for (text, number) in zip(shown, numbers) { #expect(!text.contains(number), "seed \(random.seed): \(text)") }
  }

  @Test("hostile text takes no more than linear time")
  func linear() throws {
    for piece in [
      "eyJ", "a://b:", "4 ", "41111", "b", "bearer", "a=", "password", "token:", "'", "\\\"", ",;", "://a:b/",
    ] {
      let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
      let took = try ContinuousClock().measure { _ = try cleaned([text, "secret=" + text, "secret='" + text]) }
      #expect(took < .seconds(3), "\(piece)")
    }
  }
}
