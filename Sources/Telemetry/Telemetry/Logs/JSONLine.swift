import Logging

/// One log record as a line of JSON (RFC 8259): `time`, `level`, `service`, `logger`, `message`, `error` where there is
/// one, then the metadata flat beside them, sorted by key; metadata with one of these names gets `metadata.` in front,
/// and so does what begins with that, so that no two keys of a line are the same. Secrets are taken out.
struct JSONLine: ~Copyable {
  /// Where a field of the metadata stands in the line's bytes, before they are put in order.
  private struct Field {
    let start: Int
    let end: Int
    /// The first bytes of the key, so that they compare as a number.
    let order: UInt64
  }

  private var line: LineWriter
  private let keepsFields: Bool

  /// Encodes a record.
  ///
  /// - Parameters:
  ///   - origin: what all lines of a logger share.
  ///   - keepsFields: whether a sink will read the record's metadata.
  static func record(
    of event: LogEvent, metadata: Logger.Metadata, origin: LineOrigin, at time: Timestamp, keepsFields: Bool
  ) -> LogRecord {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: LineWriter.stackBytes) { stack in
      withUnsafeTemporaryAllocation(of: Field.self, capacity: metadata.count) { fields in
        var line = JSONLine(line: LineWriter(stack: stack), keepsFields: keepsFields)
        return line.record(event, metadata, origin, time, fields)
      }
    }
  }

  private init(line: consuming LineWriter, keepsFields: Bool) {
    self.line = line
    self.keepsFields = keepsFields
  }

  private mutating func record(
    _ event: LogEvent, _ metadata: Logger.Metadata, _ origin: LineOrigin, _ time: Timestamp,
    _ fields: UnsafeMutableBufferPointer<Field>
  ) -> LogRecord {
    line.append("{\"time\":\"")
    line.append(time)
    line.append("\",\"level\":\"")
    line.append(event.level.name)
    line.append(origin.fields)
    var message = event.message.description
    if append(text: message) { message = Redaction.cleaned(message) }
    var errorText: String?
    if let error = event.error {
      line.append(",\"error\":")
      let text = String(describing: error)
      errorText = append(text: text) ? Redaction.cleaned(text) : text
    }
    let head = line.count
    var (count, hasSecret) = (0, false)
    // Copies less than an iterator of pairs does.
    var index = metadata.startIndex
    while index != metadata.endIndex {
      let start = line.count
      if append(key: metadata.keys[index], metadata.values[index]) { hasSecret = true }
      fields[count] = Field(start: start, end: line.count, order: order(from: start + 2))
      count += 1
      metadata.formIndex(after: &index)
    }
    var kept = keepsFields ? metadata : [:]
    if keepsFields, hasSecret { kept = Redaction.cleaned(metadata) }
    if keepsFields, let errorText { Self.add(error: errorText, to: &kept) }
    return LogRecord(
      time: time, level: event.level, logger: origin.label, message: message, metadata: kept,
      line: assembled(head: head, UnsafeMutableBufferPointer(rebasing: fields[..<count])))
  }

  // All of these return whether they took a secret out.

  private mutating func append(key: String, _ value: consuming Logger.MetadataValue) -> Bool {
    var key = key
    var hasSecret = false
    let traits = key.withUTF8 { buffer in
      let traits = KeyTraitsCache.traits(of: buffer)
      line.append(UInt8(ascii: ","))
      if traits.contains(.plain), !traits.contains(.reserved) {
        JSONText.append(buffer, isPlain: true, to: &line)
      } else {
        let text = String(decoding: buffer, as: UTF8.self)
        hasSecret = append(text: traits.contains(.reserved) ? KeyTraits.prefix + text : text)
      }
      return traits
    }
    line.append(UInt8(ascii: ":"))
    return append(consume value, traits) || hasSecret
  }

  private mutating func append(_ value: consuming Logger.MetadataValue, _ traits: KeyTraits) -> Bool {
    if traits.contains(.secret) {
      JSONText.append(Redaction.replacement, to: &line)
      return true
    }
    switch consume value {
    case .string(let text): return append(text: text, looksForCards: !traits.contains(.identifier))
    case .stringConvertible(let convertible): return append(convertible: convertible)
    case .array(let values): return append(array: values)
    case .dictionary(let pairs): return append(dictionary: pairs)
    }
  }

  private mutating func append(array values: [Logger.MetadataValue]) -> Bool {
    var hasSecret = false
    line.append(UInt8(ascii: "["))
    for (index, element) in values.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      if append(element, []) { hasSecret = true }
    }
    line.append(UInt8(ascii: "]"))
    return hasSecret
  }

  /// No name is reserved inside a value.
  private mutating func append(dictionary pairs: Logger.Metadata) -> Bool {
    var hasSecret = false
    line.append(UInt8(ascii: "{"))
    for (index, (key, element)) in pairs.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      var name = key
      let traits = name.withUTF8 { KeyTraitsCache.traits(of: $0) }
      if append(text: key) { hasSecret = true }
      line.append(UInt8(ascii: ":"))
      if append(element, traits) { hasSecret = true }
    }
    line.append(UInt8(ascii: "}"))
    return hasSecret
  }

  /// Numbers and booleans keep their type; everything else is a string.
  private mutating func append<Value: CustomStringConvertible>(convertible value: Value) -> Bool {
    // Comparing types costs a fraction of a cast.
    if Value.self == Int.self || Value.self == Int64.self {
      return append(number: withUnsafeBytes(of: value) { $0.loadUnaligned(as: Int64.self) })
    }
    switch value {
    case let flag as Bool: line.append(flag ? "true" : "false")
    case let number as Double where number.isFinite:
      // The digits behind a point are nobody's card.
      if number.magnitude >= Double(CardNumber.least) { return append(numeral: number.description) }
      line.append(number)
    case let number as Float where number.isFinite: return append(numeral: number.description)
    case let number as any FixedWidthInteger:
      if let small = Int64(exactly: number) { return append(number: small) }
      return append(numeral: number.description)
    default: return append(text: value.description)
    }
    return false
  }

  private mutating func append(number: Int64) -> Bool {
    if number.magnitude >= CardNumber.least { return append(numeral: String(number)) }
    line.append(decimal: number)
    return false
  }

  /// A card's number stays one when somebody stores it as an integer.
  private mutating func append(numeral: String) -> Bool {
    if Redaction.hasSecret(numeral) {
      JSONText.append(Redaction.replacement, to: &line)
      return true
    }
    line.append(numeral)
    return false
  }

  private mutating func append(text: String, looksForCards: Bool = true) -> Bool {
    var text = text
    return text.withUTF8 { buffer in
      let found = ByteClass.of(buffer)
      if found.mayHideSecret, let clean = Redaction.redacted(buffer, found, looksForCards: looksForCards) {
        JSONText.append(String(decoding: clean, as: UTF8.self), to: &line)
        return true
      }
      JSONText.append(buffer, isPlain: !found.contains(.escaped), to: &line)
      return false
    }
  }

  /// The record's error has the name; the caller's own field of that name moves as it does in the line.
  private static func add(error: String, to metadata: inout Logger.Metadata) {
    if let own = metadata["error"] { metadata[KeyTraits.prefix + "error"] = own }
    metadata["error"] = .string(error)
  }

  /// The eight bytes behind the key's first quote, the first one highest.
  private func order(from start: Int) -> UInt64 {
    if start + 8 <= line.count {
      return UInt64(bigEndian: UnsafeRawPointer(line.base).loadUnaligned(fromByteOffset: start, as: UInt64.self))
    }
    var order: UInt64 = 0
    for offset in start..<(start + 8) {
      order = order << 8 | UInt64(offset < line.count ? line.base[offset] : 0)
    }
    return order
  }

  /// Sorts the fields, few as they are, by insertion, and copies all into an array of its own.
  private mutating func assembled(head: Int, _ fields: UnsafeMutableBufferPointer<Field>) -> [UInt8] {
    for index in fields.indices.dropFirst() {
      let field = fields[index]
      var place = index
      while place > 0, isBefore(field, fields[place - 1]) {
        fields[place] = fields[place - 1]
        place -= 1
      }
      fields[place] = field
    }
    // The sorted copy goes behind the unsorted one, so that the array is filled in one go.
    let unsorted = line.count
    line.reserve(unsorted + 2)
    line.copy(0, head)
    for field in fields { line.copy(field.start, field.end &- field.start) }
    line.put(UInt8(ascii: "}"))
    line.put(UInt8(ascii: "\n"))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count - unsorted)
    bytes.append(contentsOf: UnsafeBufferPointer(start: line.base + unsorted, count: line.count - unsorted))
    return bytes
  }

  private borrowing func isBefore(_ a: Field, _ b: Field) -> Bool {
    if a.order != b.order { return a.order < b.order }
    let (first, second) = (line.base + a.start, line.base + b.start)
    let shared = min(a.end - a.start, b.end - b.start)
    for offset in 0..<shared where first[offset] != second[offset] { return first[offset] < second[offset] }
    return a.end - a.start < b.end - b.start
  }
}

/// What all lines of one logger share.
struct LineOrigin: Sendable {
  /// The logger's.
  let label: String
  /// From the end of the level to the beginning of the message.
  let fields: [UInt8]

  init(service: String, label: String) {
    self.label = label
    fields = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: LineWriter.stackBytes) { stack in
      var line = LineWriter(stack: stack)
      line.append("\",\"service\":")
      JSONText.append(service, to: &line)
      line.append(",\"logger\":")
      JSONText.append(label, to: &line)
      line.append(",\"message\":")
      return Array(UnsafeBufferPointer(start: line.base, count: line.count))
    }
  }
}

extension Logger.Level {
  var name: StaticString {
    switch self {
    case .trace: "trace"
    case .debug: "debug"
    case .info: "info"
    case .notice: "notice"
    case .warning: "warning"
    case .error: "error"
    case .critical: "critical"
    }
  }
}
