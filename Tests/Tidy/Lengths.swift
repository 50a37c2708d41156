/// How long functions and files are.
enum Lengths {
  static let maximumFunctionLines = 70
  static let maximumFileLines = 300

  static func problems(in file: SourceFile) -> [String] {
    var problems: [String] = []
    if file.lineCount > maximumFileLines {
      problems.append("\(file.path): \(file.lineCount) lines, more than \(maximumFileLines): where is its seam?")
    }
    for function in functions(in: file.code) where function.lines > maximumFunctionLines {
      problems.append(
        "\(file.path):\(function.line): \(function.name) has \(function.lines) lines, more than \(maximumFunctionLines)"
      )
    }
    return problems
  }

  /// Functions, initializers, subscripts and computed properties that have a body.
  static func functions(in code: String) -> [(name: String, line: Int, lines: Int)] {
    let declaration =
      #"\bfunc\s+[^\s(<]+|(?<![.\w])init[?]?(?=\s*[(<])|\bdeinit\b|(?<![.\w])subscript(?=\s*[(<])|\bvar\s+\w+\s*:[^={}\n]*(?=\{)"#
    let bytes = Array(code.utf16)
    return code.matches(declaration).compactMap { match in
      let start = match.offset + match.groups[0].utf16.count
      guard let open = bodyStart(bytes, from: start), let close = closingBrace(bytes, from: open) else { return nil }
      let lines = 1 + bytes[match.offset...close].count { $0 == 0x0A }
      return (match.groups[0].trimmingSpace, code.line(at: match.offset), lines)
    }
  }

  /// The brace that opens the body; nil for a requirement of a protocol.
  private static func bodyStart(_ bytes: [UInt16], from start: Int) -> Int? {
    var depth = 0
    for index in start..<bytes.count {
      switch Unicode.Scalar(bytes[index]) {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return index
      case "}" where depth == 0: return nil
      case "\n" where depth == 0 && beginsDeclaration(bytes, after: index): return nil
      default: break
      }
    }
    return nil
  }

  private static func beginsDeclaration(_ bytes: [UInt16], after newline: Int) -> Bool {
    let rest = bytes[(newline + 1)...].drop { $0 == 0x20 || $0 == 0x0A }
    let word = String(decoding: rest.prefix { ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x40 }, as: UTF16.self)
    return word.hasPrefix("@")
      || [
        "func", "var", "let", "init", "static", "public", "package", "private", "fileprivate", "internal", "mutating",
        "subscript", "associatedtype", "typealias", "struct", "enum", "case", "class", "extension", "consuming",
      ].contains(word)
  }

  private static func closingBrace(_ bytes: [UInt16], from open: Int) -> Int? {
    var depth = 0
    for index in open..<bytes.count {
      if bytes[index] == 0x7B { depth += 1 }
      if bytes[index] == 0x7D { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }
}

extension String {
  fileprivate var trimmingSpace: String { split(separator: " ").joined(separator: " ") }
}
