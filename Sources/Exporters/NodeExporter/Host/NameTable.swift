import Synchronization

/// What a collector has made of the names in a file (families, labels, whether a flag wants them), kept from scrape to
/// scrape. The kernel lists the same names in the same order each time, so that a name nearly always costs a memcmp, and
/// never a regular expression or a string a second time.
package final class NameTable<Value: Sendable>: Sendable {
  /// Names that come and go must not grow the memory: past this it starts again.
  private static var maximumNames: Int { 4096 }

  /// The table in the hands of one reading.
  package struct Lookup {
    /// All names, one behind the other: to compare with one of them touches no count of references.
    private var text: [UInt8] = []
    private var ends: [Int] = []
    private var values: [Value] = []
    private var positions: [String: Int] = [:]
    /// Where the next name should be.
    fileprivate var cursor = 0

    /// - Parameter make: called for a name that is new.
    package mutating func value(of name: Bytes, orMake make: (String) -> Value) -> Value {
      if cursor < ends.count, isName(at: cursor, name) {
        cursor += 1
        return values[cursor - 1]
      }
      let string = name.string
      if let position = positions[string] {
        cursor = position + 1
        return values[position]
      }
      let value = make(string)
      if ends.count >= NameTable.maximumNames { self = Lookup() }
      positions[string] = ends.count
      name.append(to: &text)
      ends.append(text.count)
      values.append(value)
      cursor = ends.count
      return value
    }

    private func isName(at position: Int, _ name: Bytes) -> Bool {
      let range = (position == 0 ? 0 : ends[position - 1])..<ends[position]
      return text.withUnsafeBytes { name == UnsafeRawBufferPointer(rebasing: $0[range]) }
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
