/// What other tracing systems have to say about a trace, as the `tracestate` header carries it
/// (https://www.w3.org/TR/trace-context/#tracestate-header): it is handed on unchanged, since nothing of ours reads it.
public struct TraceState: Sendable, Hashable {
  /// §3.3.1: a list of more members is invalid.
  public static let maximumMembers = 32
  /// §3.3.1 asks for at least so many to be handed on; what is longer loses members.
  public static let maximumBytes = 512
  /// §3.3.1: the members that go first when a list is too long.
  private static let longMemberBytes = 128

  /// As it is handed on.
  public let header: String

  /// Members are separated by commas; each is a key, `=` and a value, with blanks around it.
  /// - Parameter header: the fields of several headers of this name, joined by commas in their order.
  /// - Returns: nil for a list that the specification calls invalid, and for one without members.
  public init?(_ header: String) {
    var members: [Substring] = []
    var keys: Set<Substring> = []
    for part in header.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let member = Self.trimmed(Substring(part))
      if member.isEmpty { continue }
      guard let key = Self.key(ofValid: member), keys.insert(key).inserted else { return nil }
      members.append(member)
    }
    guard !members.isEmpty, members.count <= Self.maximumMembers else { return nil }
    self.header = header.utf8.count <= Self.maximumBytes ? header : Self.shortened(members)
    if self.header.isEmpty { return nil }
  }

  /// Whole members alone go: the long ones first, then from the end, which holds the oldest.
  private static func shortened(_ members: [Substring]) -> String {
    var kept = members
    func length() -> Int { kept.reduce(kept.count - 1) { $0 + $1.utf8.count } }
    while length() > maximumBytes, let long = kept.lastIndex(where: { $0.utf8.count > longMemberBytes }) {
      kept.remove(at: long)
    }
    while length() > maximumBytes { kept.removeLast() }
    return kept.joined(separator: ",")
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let start = text.utf8.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return text[start.startIndex...last]
  }

  /// The key of a member that is as §3.3.1 says; nil for one that is not.
  private static func key(ofValid member: Substring) -> Substring? {
    guard let equals = member.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let (key, value) = (member[..<equals], member[member.utf8.index(after: equals)...])
    guard isKey(key), (1...256).contains(value.utf8.count), value.utf8.allSatisfy(isValueByte) else { return nil }
    return key
  }

  /// `key` or `tenant@system`.
  private static func isKey(_ key: Substring) -> Bool {
    let parts = key.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard let first = parts.first?.first, parts.allSatisfy({ $0.allSatisfy(isKeyByte) }) else { return false }
    guard parts.count == 2 else { return parts.count == 1 && isLetter(first) && key.utf8.count <= 256 }
    guard let system = parts[1].first, isLetter(system), parts[1].count <= 14 else { return false }
    return (isLetter(first) || isDigit(first)) && parts[0].count <= 241
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "_-*/".utf8.contains(byte)
  }

  private static func isValueByte(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "=") }
}
