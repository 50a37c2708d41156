import Catalog
import Hummingbird
import JSON
import ServiceKit

/// A row of a file on its way in: its fields, or what is wrong with it as a row.
struct ImportRow: Sendable {
  let line: Int
  let fields: Result<FieldReader, ImportProblem>
}

/// What is wrong with a row, or with a field of it.
struct ImportProblem: Error, Sendable, Encodable, Equatable {
  let linea: Int
  let campo: String?
  let mensaje: String
}

/// The rows of a request's body as they arrive: `text/csv` with a header, or `application/x-ndjson`, an object a line.
/// One piece of the body is held at a time.
struct ImportRows {
  static let maximumBytes = 256 << 20

  private enum Format {
    case csv(CSVParser, header: [String]?)
    case lines(LineParser)
  }

  private var format: Format
  private var bytes = 0
  /// Columns whose texts are numbers, true or false.
  private let values: Set<String>

  /// - Throws: 415 as a `Problem`.
  init(_ request: Request, values: Set<String>) throws(Problem) {
    self.values = values
    let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased().filter { $0 != " " } }
    switch type {
    case "text/csv": format = .csv(CSVParser(), header: nil)
    case "application/x-ndjson", "application/jsonl": format = .lines(LineParser())
    default:
      throw Problem(
        .unsupportedMediaType, code: "tipo_no_admitido", "El cuerpo tiene que ser text/csv o application/x-ndjson.")
    }
  }

  /// - Throws: 413 where the body is too long, 422 where the rest of it cannot be read: what came before is applied.
  mutating func read(_ piece: ByteBuffer) throws(Problem) -> [ImportRow] {
    bytes += piece.readableBytes
    guard bytes <= Self.maximumBytes else { throw .tooLarge(limitBytes: Self.maximumBytes) }
    do throws(CSVParser.Broken) {
      switch format {
      case .csv(var parser, var header):
        let records = try parser.read(piece.readableBytesView)
        let rows = records.compactMap { row($0, &header) }
        format = .csv(parser, header: header)
        return rows
      case .lines(var parser):
        let lines = try parser.read(piece.readableBytesView)
        format = .lines(parser)
        return lines.map(Self.row)
      }
    } catch {
      throw Self.unreadable(error)
    }
  }

  mutating func finish() throws(Problem) -> [ImportRow] {
    do throws(CSVParser.Broken) {
      switch format {
      case .csv(var parser, var header):
        guard let record = try parser.finish() else { return [] }
        return row(record, &header).map { [$0] } ?? []
      case .lines(var parser): return parser.finish().map { [Self.row($0)] } ?? []
      }
    } catch {
      throw Self.unreadable(error)
    }
  }

  private static func unreadable(_ broken: CSVParser.Broken) -> Problem {
    .validation([FieldProblem(field: "línea \(broken.line)", message: broken.message)])
  }

  /// nil: it is the header.
  private func row(_ record: CSVParser.Record, _ header: inout [String]?) -> ImportRow? {
    guard let names = header else {
      header = record.fields.map { $0.lowercased().filter { $0 != " " } }
      return nil
    }
    guard names.count == record.fields.count else {
      let message = "tiene \(record.fields.count) campos y el encabezado \(names.count)"
      return ImportRow(
        line: record.line, fields: .failure(ImportProblem(linea: record.line, campo: nil, mensaje: message)))
    }
    var fields: [String: JSONValue] = [:]
    for (name, text) in zip(names, record.fields) where !text.isEmpty { fields[name] = value(of: name, text) }
    return ImportRow(line: record.line, fields: .success(FieldReader(fields)))
  }

  /// A text that is no number stays one, and the field's reader says so.
  private func value(of name: String, _ text: String) -> JSONValue {
    guard values.contains(name), let parts = text.wholeMatch(of: /(-?)0*(\d{1,20}(?:\.\d{1,20})?)/)?.output,
      let number = JSONNumber(String(parts.1 + parts.2))
    else { return .string(text) }
    return .number(number)
  }

  private static func row(_ line: LineParser.Line) -> ImportRow {
    guard case .object(let fields)? = try? JSONValue(line.bytes) else {
      let problem = ImportProblem(linea: line.number, campo: nil, mensaje: "no es un objeto JSON")
      return ImportRow(line: line.number, fields: .failure(problem))
    }
    return ImportRow(line: line.number, fields: .success(FieldReader(fields)))
  }
}

/// What became of a file.
struct ImportReport: Encodable, Sendable {
  static let maximumErrors = 1_000

  private(set) var filas = 0
  private(set) var aplicadas = 0
  private(set) var erroresTotal = 0
  /// The first of them.
  private(set) var errores: [ImportProblem] = []

  enum CodingKeys: String, CodingKey {
    case filas, aplicadas, errores
    case erroresTotal = "errores_total"
  }

  mutating func count(rows: Int) { filas += rows }
  mutating func count(applied: Int) { aplicadas += applied }

  /// Of one row, which was not applied.
  mutating func reject(_ line: Int, _ problem: Problem) {
    erroresTotal += 1
    let problems =
      problem.fields.isEmpty
      ? [ImportProblem(linea: line, campo: nil, mensaje: problem.detail)]
      : problem.fields.map { ImportProblem(linea: line, campo: $0.field, mensaje: $0.message) }
    errores += problems.prefix(max(0, Self.maximumErrors - errores.count))
  }

  mutating func reject(_ problem: ImportProblem) {
    erroresTotal += 1
    if errores.count < Self.maximumErrors { errores.append(problem) }
  }

  static let schema = Schema.object([
    "filas": "integer", "aplicadas": "integer", "errores_total": "integer",
    "errores": .list(
      of: .object(
        ["linea": "integer", "campo": Schema("string").nullable, "mensaje": "string"], required: ["linea", "mensaje"])),
  ])
}
