import ExporterKit

/// Lines of a word and numbers behind it (`rpc 28 3 28`), as `/proc/net/rpc` and XFS write their statistics. What comes
/// behind the last whole number of a line is left out.
struct NumberLines {
  private static let maximumNumbers = 256
  private var numbers: [String: [UInt64]] = [:]

  init(_ text: Bytes) {
    text.forEachLine { line in
      var fields = line.fields
      guard let word = fields.next() else { return }
      var row: [UInt64] = []
      while row.count < Self.maximumNumbers, let number = fields.next()?.unsigned { row.append(number) }
      numbers[word.string] = row
    }
  }

  /// nil where there is no such line.
  subscript(word: String) -> [UInt64]? { numbers[word] }

  /// nil where there is no such line, or it is shorter.
  subscript(word: String, index: Int) -> UInt64? {
    guard let row = numbers[word], row.indices.contains(index) else { return nil }
    return row[index]
  }
}
