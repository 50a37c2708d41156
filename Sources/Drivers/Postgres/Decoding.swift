/// A value that can be read from a column, in PostgreSQL's text format.
package protocol PostgresDecodable {
  /// Nil when the text is no such value.
  init?(postgresText text: String)
  /// What NULL reads as; nil, the default, when NULL is an error.
  static var postgresNull: Self? { get }
}

extension PostgresDecodable {
  package static var postgresNull: Self? { nil }
}

extension String: PostgresDecodable {
  package init?(postgresText text: String) { self = text }
}

extension Int: PostgresDecodable {
  package init?(postgresText text: String) { self.init(text) }
}

extension Int64: PostgresDecodable {
  package init?(postgresText text: String) { self.init(text) }
}

extension Int32: PostgresDecodable {
  package init?(postgresText text: String) { self.init(text) }
}

extension Int16: PostgresDecodable {
  package init?(postgresText text: String) { self.init(text) }
}

extension Bool: PostgresDecodable {
  package init?(postgresText text: String) {
    switch text {
    case "t": self = true
    case "f": self = false
    default: return nil
    }
  }
}

extension Double: PostgresDecodable {
  package init?(postgresText text: String) { self.init(text) }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  package init?(postgresText text: String) {
    guard let wrapped = Wrapped(postgresText: text) else { return nil }
    self = wrapped
  }

  package static var postgresNull: Wrapped?? { .some(.none) }
}
