/// Swift source with comments and the contents of literals blanked, byte for byte, so that a rule about code meets
/// neither prose nor strings, and lines keep their numbers. Code inside `\( )` stays code.
struct SwiftText {
  private let source: [UInt8]
  private var output: [UInt8]
  private var position = 0
  private var modes: [Mode] = [.code(parentheses: 0)]

  private enum Mode {
    /// `parentheses`: how many are open, in an interpolation.
    case code(parentheses: Int)
    case literal(hashes: Int, quotes: Int)
  }

  static func code(of text: String) -> String {
    var scanner = SwiftText(text)
    while scanner.position < scanner.source.count { scanner.step() }
    return String(decoding: scanner.output, as: UTF8.self)
  }

  private init(_ text: String) {
    source = Array(text.utf8)
    output = source
  }

  private mutating func step() {
    switch modes[modes.count - 1] {
    case .code(let parentheses): stepCode(parentheses)
    case .literal(let hashes, let quotes): stepLiteral(hashes: hashes, quotes: quotes)
    }
  }

  private mutating func stepCode(_ parentheses: Int) {
    if starts(with: "//") {
      while position < source.count, source[position] != UInt8(ascii: "\n") { blank() }
    } else if starts(with: "/*") {
      blankBlockComment()
    } else if let hashes = literalHashes() {
      position += hashes
      let quotes = starts(with: "\"\"\"") ? 3 : 1
      position += quotes
      modes.append(.literal(hashes: hashes, quotes: quotes))
    } else if startsRegex() {
      blankRegex()
    } else {
      if modes.count > 1 { countParenthesis(parentheses) }
      position += 1
    }
  }

  private mutating func countParenthesis(_ open: Int) {
    switch source[position] {
    case UInt8(ascii: "("): modes[modes.count - 1] = .code(parentheses: open + 1)
    case UInt8(ascii: ")") where open == 1: modes.removeLast()
    case UInt8(ascii: ")"): modes[modes.count - 1] = .code(parentheses: open - 1)
    default: break
    }
  }

  private mutating func stepLiteral(hashes: Int, quotes: Int) {
    let marker = String(repeating: "#", count: hashes)
    if starts(with: "\\\(marker)(") {
      for _ in 0..<(1 + hashes) { blank() }
      position += 1
      modes.append(.code(parentheses: 1))
    } else if starts(with: "\\\(marker)") {
      for _ in 0..<(2 + hashes) where position < source.count { blank() }
    } else if starts(with: String(repeating: "\"", count: quotes) + marker) {
      position += quotes + hashes
      modes.removeLast()
    } else if quotes == 1, source[position] == UInt8(ascii: "\n") {
      // An unterminated literal: this was none.
      modes.removeLast()
    } else {
      blank()
    }
  }

  private mutating func blank() {
    if output[position] != UInt8(ascii: "\n") { output[position] = UInt8(ascii: " ") }
    position += 1
  }

  private mutating func blankBlockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        blank()
      } else if starts(with: "*/") {
        depth -= 1
        blank()
      }
      blank()
    } while depth > 0 && position < source.count
  }

  /// How many `#` stand before a quote here; nil where no literal begins.
  private func literalHashes() -> Int? {
    let hashes = source[position...].prefix { $0 == UInt8(ascii: "#") }.count
    let quote = position + hashes
    return quote < source.count && source[quote] == UInt8(ascii: "\"") ? hashes : nil
  }

  /// A slash where an expression begins, with no space behind it.
  private func startsRegex() -> Bool {
    guard source[position] == UInt8(ascii: "/"), position + 1 < source.count else { return false }
    guard source[position + 1] != UInt8(ascii: " "), source[position + 1] != UInt8(ascii: "\n") else { return false }
    let before = output[..<position].last { $0 != UInt8(ascii: " ") }
    return before.map { "(,=:{[".utf8.contains($0) } ?? false
  }

  private mutating func blankRegex() {
    position += 1
    while position < source.count, source[position] != UInt8(ascii: "/"), source[position] != UInt8(ascii: "\n") {
      if source[position] == UInt8(ascii: "\\") { blank() }
      if position < source.count { blank() }
    }
    position += 1
  }

  private func starts(with text: String) -> Bool { source[position...].starts(with: text.utf8) }
}
