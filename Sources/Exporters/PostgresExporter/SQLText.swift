/// Text for a place in SQL where no parameter can stand.
///
/// Source: PostgreSQL documentation, "Lexical Structure". Strings are read as `standard_conforming_strings` has them,
/// the default since 9.1.
enum SQLText {
  /// A name in double quotes.
  static func identifier(_ name: String) -> String { quoted(name, by: "\"") }

  /// A constant in single quotes.
  static func literal(_ text: String) -> String { quoted(text, by: "'") }

  private static func quoted(_ text: String, by quote: Character) -> String {
    String(quote) + text.reduce(into: "") { $0 += $1 == quote ? "\(quote)\(quote)" : "\($1)" } + String(quote)
  }
}
