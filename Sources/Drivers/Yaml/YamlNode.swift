/// A part of a configuration file, with its place. YAML 1.1 as libyaml reads it: what a plain scalar means is decided
/// by whoever asks for it (`bool()`, `integer(in:)`), never guessed.
package struct YamlNode: Sendable, Equatable {
  package indirect enum Content: Sendable, Equatable {
    /// - Parameter isPlain: neither quoted nor a block: only such a one can be empty, a number or a truth value.
    case scalar(String, isPlain: Bool)
    case sequence([YamlNode])
    /// In the file's order; no key comes twice.
    case mapping([Entry])
  }

  package struct Entry: Sendable, Equatable {
    package let key: String
    /// Of the key, from 1.
    package let line: Int
    package let value: YamlNode
  }

  package let content: Content
  /// From 1.
  package let line: Int
  /// From 1.
  package let column: Int

  init(_ content: Content, line: Int, column: Int) {
    self.content = content
    self.line = line
    self.column = column
  }

  /// Nothing, `~` or `null`: the key is there and says nothing.
  package var isNull: Bool {
    guard case .scalar(let text, true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// An error that names this place.
  package func mistake(_ reason: String) -> YamlError { YamlError(reason, line: line, column: column) }
}

/// A configuration file that cannot be read: in Spanish, for the operator. It repeats no value, which may be a secret.
package struct YamlError: Error, CustomStringConvertible, Equatable {
  package let reason: String
  /// From 1.
  package let line: Int
  /// From 1; nil where the line is all that is known.
  package let column: Int?

  package init(_ reason: String, line: Int, column: Int? = nil) {
    self.reason = reason
    self.line = line
    self.column = column
  }

  package var description: String { "\(reason), línea \(line)" + (column.map { ", columna \($0)" } ?? "") }
}
