import ExporterKit
import Synchronization

/// What a collector has made of the names in a file (families, labels, whether a flag wants them), kept from scrape to
/// scrape. The kernel lists the same names in the same order each time, so that a name nearly always costs a memcmp, and
/// never a regular expression or a string a second time.
package final class NameTable<Value: Sendable>: Sendable {
  /// Names that come and go must not grow the memory: past this it starts again.
  private static var maximumNames: Int { 4096 }

  /// The table in the hands of one reading.
  package struct Lookup {
    private var names: [String] = []
    private var values: [Value] = []
    private var positions: [String: Int] = [:]
    /// Where the next name should be.
    fileprivate var cursor = 0

    /// - Parameter make: called for a name that is new.
    package mutating func value(of name: Bytes, orMake make: (String) -> Value) -> Value {
      if cursor < names.count, name == names[cursor] {
        cursor += 1
        return values[cursor - 1]
      }
      let text = name.string
      if let position = positions[text] {
        cursor = position + 1
        return values[position]
      }
      let value = make(text)
      if names.count >= NameTable.maximumNames { self = Lookup() }
      positions[text] = names.count
      names.append(text)
      values.append(value)
      cursor = names.count
      return value
    }
  }

  private let state = Mutex(Lookup())

  package init() {}

  /// One reading, from the first name to the last.
  package func read<Result>(_ body: (inout Lookup) throws -> Result) rethrows -> Result {
    try state.withLock { lookup in
      lookup.cursor = 0
      return try body(&lookup)
    }
  }
}
