/// What the compiler is told not to check needs a proof beside it.
enum Proofs {
  static func problems(in file: SourceFile) -> [String] {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return file.code.matches(#"@unchecked\s+Sendable|nonisolated\(unsafe\)"#).compactMap { match in
      let line = file.code.line(at: match.offset)
      if isProven(lines[..<(line - 1)]) { return nil }
      return "\(file.path):\(line): \(match.groups[0]): say in the comment above what makes it safe"
    }
  }

  /// A plain comment directly above, or a doc comment that names what is unchecked; attributes may stand between.
  private static func isProven(_ above: ArraySlice<String>) -> Bool {
    let trimmed = above.reversed().map { $0.drop { $0 == " " } }.drop { $0.hasPrefix("@") }
    let comment = trimmed.prefix { $0.hasPrefix("//") }
    if let nearest = comment.first, !nearest.hasPrefix("///") { return true }
    return comment.contains { $0.contains("unchecked") || $0.contains("unsafe") }
  }
}
