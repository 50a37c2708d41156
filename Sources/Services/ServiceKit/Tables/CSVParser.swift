/// Reads CSV (RFC 4180) piece by piece: however long the file is, one record is held. Lines end in LF or CRLF; fields may
/// be quoted, and then hold commas, line ends and doubled quotes. Bytes are UTF-8; a byte order mark is skipped.
package struct CSVParser: Sendable {
  package static let maximumRecordBytes = 64 << 10
  package static let maximumFields = 64

  package struct Record: Sendable, Equatable {
    /// Of its first byte, from 1.
    package let line: Int
    package let fields: [String]
  }

  /// What ends the reading of the whole file.
  package struct Broken: Error, Equatable {
    package let line: Int
    package let message: String
  }

  private enum State { case start, bare, quoted, afterQuote }

  private var state = State.start
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var recordBytes = 0
  private var line = 1
  private var recordLine = 1
  private var bytesSeen = 0

  package init() {}

  /// - Returns: the records that end in this piece.
  package mutating func read(_ bytes: some Sequence<UInt8>) throws(Broken) -> [Record] {
    var records: [Record] = []
    for byte in bytes {
      bytesSeen += 1
      if bytesSeen <= 3, Self.byteOrderMark[bytesSeen - 1] == byte { continue }
      recordBytes += 1
      if recordBytes > Self.maximumRecordBytes { throw broken("una fila supera los \(Self.maximumRecordBytes) bytes") }
      if let record = try read(byte) { records.append(record) }
    }
    return records
  }

  /// The last record, where the file does not end in a line end.
  package mutating func finish() throws(Broken) -> Record? {
    if state == .quoted { throw broken("falta cerrar una comilla") }
    return fields.isEmpty && field.isEmpty && state == .start ? nil : try endRecord()
  }

  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  private mutating func read(_ byte: UInt8) throws(Broken) -> Record? {
    let isLineEnd = byte == UInt8(ascii: "\n")
    if isLineEnd { line += 1 }
    switch state {
    case .quoted:
      if byte == UInt8(ascii: "\"") { state = .afterQuote } else { field.append(byte) }
      return nil
    case .afterQuote where byte == UInt8(ascii: "\""):
      field.append(byte)
      state = .quoted
      return nil
    case .start where byte == UInt8(ascii: "\""):
      state = .quoted
      return nil
    case .start, .bare, .afterQuote: break
    }
    if byte == UInt8(ascii: ",") {
      try endField()
    } else if isLineEnd {
      return try endLine()
    } else if state == .afterQuote, byte != UInt8(ascii: "\r") {
      throw broken("hay texto después de la comilla que cierra")
    } else if byte == UInt8(ascii: "\"") {
      throw broken("una comilla dentro de un campo va doble, y el campo entre comillas")
    } else {
      field.append(byte)
      if state == .start { state = .bare }
    }
    return nil
  }

  /// An empty line is no record.
  private mutating func endLine() throws(Broken) -> Record? {
    if field.last == UInt8(ascii: "\r") { field.removeLast() }
    if fields.isEmpty, field.isEmpty, state != .afterQuote {
      recordBytes = 0
      recordLine = line
      state = .start
      return nil
    }
    return try endRecord()
  }

  private mutating func endRecord() throws(Broken) -> Record {
    try endField()
    defer {
      fields = []
      recordBytes = 0
      recordLine = line
    }
    return Record(line: recordLine, fields: fields)
  }

  private mutating func endField() throws(Broken) {
    guard fields.count < Self.maximumFields else { throw broken("una fila tiene más de \(Self.maximumFields) campos") }
    guard let text = String(validating: field, as: UTF8.self) else { throw broken("el texto no es UTF-8") }
    fields.append(text)
    field = []
    state = .start
  }

  private func broken(_ message: String) -> Broken { Broken(line: recordLine, message: message) }
}
