/// Text for a place in SQL where no parameter can stand.
///
/// In our own statements operands and arguments have exactly the types of an operator or function of pg_catalog, a
/// constant's said where it is no text compared with text: of several that fit, the server takes the one that fits
/// best, and others may make some in `public`. `SearchPathTests` holds every statement to it.
///
/// Source: PostgreSQL documentation, "Lexical Structure". Strings are read as `standard_conforming_strings` has them,
/// the default since 9.1.
enum SQLText {
  /// What is left of a division by it is an integer that a double holds exactly: 2^52.
  static let exactIntegers = "4503599627370496::numeric"

  /// A name in double quotes.
  static func identifier(_ name: String) -> String { quoted(name, by: "\"") }

  /// A constant in single quotes.
  static func literal(_ text: String) -> String { quoted(text, by: "'") }

  private static func quoted(_ text: String, by quote: Character) -> String {
    String(quote) + text.reduce(into: "") { $0 += $1 == quote ? "\(quote)\(quote)" : "\($1)" } + String(quote)
  }
}
