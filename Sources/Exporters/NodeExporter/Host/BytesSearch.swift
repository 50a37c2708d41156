import ExporterKit
import Glibc

extension Bytes {
  /// The digits that it begins with, behind white space, as a number.
  var firstNumber: UInt64? {
    let text = trimmed
    var end = 0
    while end < text.count, text[end] &- UInt8(ascii: "0") < 10 { end += 1 }
    return text.part(0..<end).unsigned
  }

  func contains(_ text: StaticString) -> Bool { firstIndex(of: text) != nil }

  /// How often it has the text, without overlaps.
  func count(of text: StaticString) -> UInt64 {
    var (found, rest) = (UInt64(0), self)
    while let index = rest.firstIndex(of: text) {
      found += 1
      rest = rest.part((index + text.utf8CodeUnitCount)..<rest.count)
    }
    return found
  }

  /// Where the text begins, which is not empty.
  func firstIndex(of text: StaticString) -> Int? {
    guard let first = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount).first else {
      return nil
    }
    var start = 0
    while let index = firstIndex(of: first, from: start) {
      if part(index..<count).hasPrefix(text) { return index }
      start = index + 1
    }
    return nil
  }
}
