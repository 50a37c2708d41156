/// One line of a page.
enum ExpositionLine {
  case blank
  case help(name: String, text: String)
  case type(name: String, ExpositionText.FamilyType)
  case sample(ExpositionText.Sample)
}

/// Reads a line token by token; blanks and tabs between tokens do not count.
///
/// Behind the last token they do: the format's text calls them insignificant, but Prometheus' own parser
/// (`expfmt`) reads a blank after a value as the beginning of a timestamp, and one after a type as part of it.
struct LineReader {
  private var rest: ArraySlice<UInt8>
  private let number: Int
  private let allowsQuotedNames: Bool

  init(_ line: ArraySlice<UInt8>, number: Int, allowsQuotedNames: Bool) {
    rest = line
    self.number = number
    self.allowsQuotedNames = allowsQuotedNames
  }

  mutating func read() throws(ExpositionTextError) -> ExpositionLine {
    skipBlanks()
    guard let first = rest.first else { return .blank }
    return first == UInt8(ascii: "#") ? try comment() : .sample(try sample())
  }

  // MARK: Comments

  private mutating func comment() throws(ExpositionTextError) -> ExpositionLine {
    rest.removeFirst()
    skipBlanks()
    switch word() {
    case "HELP":
      let name = try metadataName()
      return .help(name: name, text: try helpText())
    case "TYPE":
      let name = try metadataName()
      let type = String(decoding: rest, as: UTF8.self)
      guard let known = ExpositionText.FamilyType(rawValue: type) else { throw error("\(quoted(type)) is no type") }
      return .type(name: name, known)
    default: return .blank
    }
  }

  private mutating func metadataName() throws(ExpositionTextError) -> String {
    skipBlanks()
    let name = try name(colons: true, "a metric's name")
    guard rest.isEmpty || isBlank(rest.first) else { throw error("\(quoted(name)) is followed by more than a blank") }
    skipBlanks()
    return name
  }

  private mutating func helpText() throws(ExpositionTextError) -> String {
    var text: [UInt8] = []
    while let byte = rest.popFirst() {
      text.append(byte == UInt8(ascii: "\\") ? try escaped(quotes: false) : byte)
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: Samples

  private mutating func sample() throws(ExpositionTextError) -> ExpositionText.Sample {
    var name = rest.first == UInt8(ascii: "{") ? nil : try name(colons: true, "a metric's name")
    skipBlanks()
    let labels = rest.first == UInt8(ascii: "{") ? try labels(&name) : []
    guard let name else { throw error("has no metric's name") }
    skipBlanks()
    let text = word()
    guard let value = SampleValue.parse(text) else { throw error("\(quoted(text)) is no value") }
    var timestamp: Int64?
    if isBlank(rest.first) {
      skipBlanks()
      let text = word()
      guard let milliseconds = Int64(text) else { throw error("\(quoted(text)) is no timestamp in milliseconds") }
      timestamp = milliseconds
    }
    guard rest.isEmpty else { throw error("there is more after the sample") }
    return ExpositionText.Sample(
      name: name, labels: labels, value: value, timestampMilliseconds: timestamp, line: number)
  }

  /// - Parameter metric: set where it stands, in quotes, among the labels.
  private mutating func labels(_ metric: inout String?) throws(ExpositionTextError) -> [ExpositionText.Label] {
    rest.removeFirst()
    var labels: [ExpositionText.Label] = []
    while true {
      skipBlanks()
      if take("}") { return labels }
      let isQuoted = rest.first == UInt8(ascii: "\"")
      let name = try name(colons: false, "a label's name")
      skipBlanks()
      if isQuoted, metric == nil, labels.isEmpty, rest.first != UInt8(ascii: "=") {
        metric = name
      } else {
        guard take("=") else { throw error("\(quoted(name)) has no value") }
        skipBlanks()
        guard rest.first == UInt8(ascii: "\"") else { throw error("the value of \(quoted(name)) is not in quotes") }
        guard !labels.contains(where: { $0.name == name }) else { throw error("has the label \(quoted(name)) twice") }
        labels.append(ExpositionText.Label(name, try quotedText()))
        skipBlanks()
      }
      if take("}") { return labels }
      guard take(",") else { throw error("no comma or brace after \(quoted(name))") }
    }
  }

  // MARK: Tokens

  private mutating func name(colons: Bool, _ what: String) throws(ExpositionTextError) -> String {
    if rest.first == UInt8(ascii: "\""), allowsQuotedNames {
      let name = try quotedText()
      return name.isEmpty ? try refuse("\(what) is empty") : name
    }
    let legal = rest.prefix { byte in Self.isLetter(byte) || Self.isDigit(byte) || (colons && byte == UInt8(ascii: ":"))
    }
    guard let first = legal.first, !Self.isDigit(first) else {
      throw error("\(what) is missing, or begins with what it may not")
    }
    rest = rest.dropFirst(legal.count)
    return String(decoding: legal, as: UTF8.self)
  }

  private mutating func quotedText() throws(ExpositionTextError) -> String {
    rest.removeFirst()
    var text: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      text.append(byte == UInt8(ascii: "\\") ? try escaped(quotes: true) : byte)
    }
    throw error("ends within quotes")
  }

  private mutating func escaped(quotes: Bool) throws(ExpositionTextError) -> UInt8 {
    switch rest.popFirst() {
    case UInt8(ascii: "\\"): return UInt8(ascii: "\\")
    case UInt8(ascii: "n"): return UInt8(ascii: "\n")
    case UInt8(ascii: "\"") where quotes: return UInt8(ascii: "\"")
    default: throw error("a backslash stands before what needs none")
    }
  }

  /// Up to the next blank.
  private mutating func word() -> String {
    let word = rest.prefix { !isBlank($0) }
    rest = rest.dropFirst(word.count)
    return String(decoding: word, as: UTF8.self)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func skipBlanks() { rest = rest.drop { isBlank($0) } }

  private func isBlank(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private func quoted(_ text: String) -> String { "'\(text)'" }
  private func error(_ problem: String) -> ExpositionTextError { ExpositionTextError(line: number, problem) }
  private func refuse(_ problem: String) throws(ExpositionTextError) -> String { throw error(problem) }
}
