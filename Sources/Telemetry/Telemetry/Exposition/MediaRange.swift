/// One range of an Accept header (RFC 9110 §12.5.1).
struct MediaRange: Equatable {
  /// In small letters: `text/plain`, `text/*`, `*/*`.
  let type: String
  /// In the order in which they came, without `q`; names and values in small letters, quotes taken off.
  private(set) var parameters: [Parameter] = []
  /// 0, which refuses, to `fullWeight`. What cannot be read refuses.
  private(set) var weightThousandths = MediaRange.fullWeightThousandths

  struct Parameter: Equatable {
    let name: String
    let value: String
  }

  static let fullWeightThousandths = 1000
  /// What stands behind so many ranges of one header is not read: no scraper sends a quarter of it.
  static let maximumRanges = 32
  static let maximumParameters = 16

  /// The ranges of a header that can be read.
  static func list(_ field: String) -> [MediaRange] {
    pieces(of: Array(field.utf8)[...], separatedBy: UInt8(ascii: ","), maximum: maximumRanges)
      .compactMap(MediaRange.init)
  }

  /// nil where it is no range.
  private init?(_ text: ArraySlice<UInt8>) {
    let parts = Self.pieces(of: text, separatedBy: UInt8(ascii: ";"), maximum: Self.maximumParameters)
    guard let type = parts.first.map(Self.lowercased), type.utf8.count(where: { $0 == UInt8(ascii: "/") }) == 1 else {
      return nil
    }
    self.type = type
    for part in parts.dropFirst() where !part.isEmpty {
      guard let parameter = Parameter(part) else { return nil }
      if parameter.name == "q" {
        weightThousandths = Self.weight(parameter.value)
      } else {
        parameters.append(parameter)
      }
    }
  }

  /// The first of that name counts.
  func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// `0.75` as 750. Digits past the third say nothing (RFC 9110 §12.4.2).
  private static func weight(_ text: String) -> Int {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return 0 }
    guard parts[0].allSatisfy({ $0 == "0" }) else { return fullWeightThousandths }
    let fraction = parts.count > 1 ? parts[1].prefix(3) : ""
    return Int(fraction + String(repeating: "0", count: 3 - fraction.count)) ?? 0
  }

  /// Splits at a separator that stands in no quoted string (RFC 9110 §5.6.4).
  private static func pieces(
    of text: ArraySlice<UInt8>, separatedBy separator: UInt8, maximum: Int
  ) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var (start, isQuoted, isEscaped) = (text.startIndex, false, false)
    for (index, byte) in zip(text.indices, text) where pieces.count < maximum {
      if isEscaped {
        isEscaped = false
      } else if isQuoted, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        pieces.append(trimmed(text[start..<index]))
        start = index + 1
      }
    }
    return pieces.count < maximum ? pieces + [trimmed(text[start...])] : pieces
  }

  fileprivate static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let rest = text.drop(while: isSpace)
    return rest[..<(rest.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? rest.startIndex)]
  }

  fileprivate static func lowercased(_ text: ArraySlice<UInt8>) -> String {
    String(decoding: text, as: UTF8.self).lowercased()
  }
}

extension MediaRange.Parameter {
  /// nil where it is no parameter, or its quoted string has no end.
  fileprivate init?(_ text: ArraySlice<UInt8>) {
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    name = MediaRange.lowercased(MediaRange.trimmed(text[..<equals]))
    let value = MediaRange.trimmed(text[(equals + 1)...])
    guard value.first == UInt8(ascii: "\"") else {
      self.value = MediaRange.lowercased(value)
      return
    }
    guard let plain = Self.unquoted(value) else { return nil }
    self.value = MediaRange.lowercased(plain[...])
  }

  private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var plain: [UInt8] = []
    var isEscaped = false
    for (index, byte) in zip(text.indices, text).dropFirst() {
      if isEscaped || (byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\"")) {
        plain.append(byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\"") {
        return index == text.endIndex - 1 ? plain : nil
      } else {
        isEscaped = true
      }
    }
    return nil
  }
}
