import Decimal
import TestSupport
import Testing

/// Our exact numbers against the columns that keep them: `numeric(18,2)` and `numeric(18,3)` of a real PostgreSQL.
@Suite struct DecimalAgainstPostgresTests {
  private static let textCount = 6_000
  private static let pairCount = 4_000

  /// What the server says of a text, in one word: `syntax`, `range`, or the column's value after `exact:` where nothing
  /// was lost and after `rounded:` where something was.
  private static let read = """
    CREATE FUNCTION pg_temp.leer(texto text, decimales int) RETURNS text LANGUAGE plpgsql AS $$
    DECLARE
      valor numeric;
      columna numeric;
    BEGIN
      valor := texto::numeric;
      IF decimales = 2 THEN columna := valor::numeric(18, 2); ELSE columna := valor::numeric(18, 3); END IF;
      RETURN CASE WHEN columna = valor THEN 'exact:' ELSE 'rounded:' END || columna;
    EXCEPTION
      WHEN invalid_text_representation THEN RETURN 'syntax';
      WHEN numeric_value_out_of_range THEN RETURN 'range';
    END $$;
    """

  @Test func centsAreReadAsTheColumnReadsThem() async throws { try await compareTexts(of: Cents.self) }

  @Test func thousandthsAreReadAsTheColumnReadsThem() async throws { try await compareTexts(of: Thousandths.self) }

  @Test func centsAddAndCompareAsTheServerDoes() async throws { try await compareSums(of: Cents.self) }

  @Test func thousandthsAddAndCompareAsTheServerDoes() async throws { try await compareSums(of: Thousandths.self) }

  private func compareTexts<Scale: DecimalScale>(of scale: Scale.Type) async throws {
    var texts = DecimalTexts(generator: SeededGenerator(for: "decimals of \(Scale.digits) digits"))
    let sent = DecimalTexts.edges(decimals: Scale.digits) + (0..<Self.textCount).map { _ in texts.next() }
    let array = sent.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ",")
    let answers = try await Self.ask(
      """
      \(Self.read)
      SELECT pg_temp.leer(t.texto, \(Scale.digits)) FROM unnest(ARRAY[\(array)]) WITH ORDINALITY AS t(texto, orden)
      ORDER BY t.orden;
      """)
    try #require(answers.count == sent.count)
    var seen: [String: Int] = [:]
    for (text, answer) in zip(sent, answers) {
      let ours = FixedDecimal<Scale>.parse(text)
      #expect(Self.agree(text, ours, answer), "\(text): ours \(ours), the server's \(answer)")
      seen[Self.name(of: ours), default: 0] += 1
    }
    // Texts of one kind alone would prove nothing about the others.
    for kind in ["accepted", "decimals", "range", "syntax"] { #expect(seen[kind, default: 0] > 100, "\(kind)") }
  }

  private static func name<Scale>(of result: Result<FixedDecimal<Scale>, DecimalError>) -> String {
    switch result {
    case .success: "accepted"
    case .failure(.tooManyDecimals): "decimals"
    case .failure(.outOfRange): "range"
    case .failure(.notANumber): "syntax"
    }
  }

  /// Whether nothing is taken that the column would change or refuse, and nothing refused that it would keep.
  private static func agree<Scale>(
    _ text: String, _ ours: Result<FixedDecimal<Scale>, DecimalError>, _ server: String
  ) -> Bool {
    switch ours {
    // A zero is one whatever its exponent; the server holds no more than 16,383 decimals of it.
    case .success(let value): server == "exact:\(value)" || value == .zero && server == "range"
    case .failure(.tooManyDecimals): server.hasPrefix("rounded:") || server == "range"
    case .failure(.outOfRange): server == "range"
    // The server is laxer than JSON in what it takes for a number at all.
    case .failure(.notANumber): server == "syntax" || isOfTheServerAlone(text)
    }
  }

  private static func isOfTheServerAlone(_ text: String) -> Bool {
    text.wholeMatch(of: /\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE]\s*[+-]?[0-9]+)?\s*/) != nil
  }

  private func compareSums<Scale: DecimalScale>(of scale: Scale.Type) async throws {
    var texts = DecimalTexts(generator: SeededGenerator(for: "sums of \(Scale.digits) digits"))
    let pairs = try (0..<Self.pairCount).map { _ in (try texts.number(Scale.self), try texts.number(Scale.self)) }
    let answers = try await Self.ask(
      """
      \(Self.read)
      SELECT pg_temp.leer((a + b)::text, \(Scale.digits)) || ' ' || sign(a - b)
      FROM unnest('{\(Self.list(pairs.map(\.0)))}'::numeric[], '{\(Self.list(pairs.map(\.1)))}'::numeric[])
        WITH ORDINALITY AS t(a, b, orden) ORDER BY orden;
      """)
    try #require(answers.count == pairs.count)
    var refused = 0
    for ((a, b), answer) in zip(pairs, answers) {
      let sum = a.adding(b)
      let order = a < b ? -1 : a == b ? 0 : 1
      #expect("\(sum.map { "exact:\($0)" } ?? "range") \(order)" == answer, "\(a) and \(b)")
      if sum == nil { refused += 1 }
    }
    #expect(refused > 20)
  }

  private static func list<Scale>(_ numbers: [FixedDecimal<Scale>]) -> String {
    numbers.map(\.description).joined(separator: ",")
  }

  /// A script's rows; an argument of a command would not hold it.
  private static func ask(_ script: String) async throws -> [String] {
    let server = try await PostgresServer.shared()
    let text = try await Subprocess.check(
      [
        "\(PostgresServer.binaries)/psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-h", server.directory.path,
        "-p", "\(server.port)", "-U", PostgresServer.superuser, "-d", "postgres", "-f", "-",
      ], input: script, timeout: .seconds(60))
    return text.split(separator: "\n").map(String.init)
  }
}

/// Random texts around what 18 digits can hold.
private struct DecimalTexts {
  var generator: SeededGenerator

  /// The last number that fits, the first that does not, and what lies between them.
  static func edges(decimals: Int) -> [String] {
    let (whole, fraction) = (String(repeating: "9", count: 18 - decimals), String(repeating: "9", count: decimals))
    return [
      "\(whole).\(fraction)", "-\(whole).\(fraction)", "\(whole).\(fraction)4", "\(whole).\(fraction)5",
      "-\(whole).\(fraction)9", "1\(whole.replacing("9", with: "0"))", "-1e\(18 - decimals)", "1e\(17 - decimals)",
      "999999999999999999e-\(decimals)", "1000000000000000000e-\(decimals)", "0000000\(whole)", "1e-\(decimals)",
      "1e-\(decimals + 1)", "10e-\(decimals + 1)", "-0", "-0.000", "0e9", "-0e-9",
    ]
  }

  /// At most 64 bytes: what is longer is refused unread.
  mutating func next() -> String {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: "\(sign())\(digits(1...22))"
    case 1: "\(sign())\(digits(1...18)).\(digits(1...4))"
    case 2: "\(sign())\(digits(1...4)).\(digits(1...20))\(String(repeating: "0", count: int(0...9)))"
    case 3: "\(sign())\(String(repeating: "0", count: int(1...12)))\(digits(1...18)).\(digits(1...3))"
    case 4: "\(sign())\(digits(1...12)).\(digits(1...8))\(exponent())"
    default: damaged()
    }
  }

  /// A number that fits, of any magnitude; often one that has few like it before its sum is too large.
  mutating func number<Scale: DecimalScale>(_ scale: Scale.Type) throws -> FixedDecimal<Scale> {
    let digits = int(0...3) == 0 ? 18 : int(1...18)
    let limit = (0..<digits).reduce(into: Int64(1)) { limit, _ in limit *= 10 } - 1
    return try #require(FixedDecimal<Scale>(units: Int64.random(in: -limit...limit, using: &generator)))
  }

  /// A good one with a character too many, too few, or another.
  private mutating func damaged() -> String {
    var text = Array("\(sign())\(digits(1...6)).\(digits(1...3))\(int(0...1) == 0 ? "" : exponent())")
    let place = int(0...text.count - 1)
    let characters: [Character] = ["-", "+", ".", "e", "E", " ", "x", "_", ",", "'", "\\", "\t", "٣", "0", "N"]
    let character = characters[int(0...characters.count - 1)]
    switch int(0...2) {
    case 0: text.insert(character, at: place)
    case 1: text[place] = character
    default: text.remove(at: place)
    }
    return String(text)
  }

  private mutating func exponent() -> String {
    let size = [3, 20, 500, 200_000][int(0...3)]
    return "\(["e", "E"][int(0...1)])\(["", "+", "-"][int(0...2)])\(int(0...size))"
  }

  private mutating func sign() -> String { int(0...2) == 0 ? "-" : "" }

  private mutating func digits(_ count: ClosedRange<Int>) -> String {
    (0..<int(count)).map { _ in String(int(0...9)) }.joined()
  }

  private mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
}
