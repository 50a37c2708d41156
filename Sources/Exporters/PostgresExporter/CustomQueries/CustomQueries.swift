import Catalog
import Digests
import ExporterKit
import Logging
import MetricModel
import Settings

/// The operator's own queries as collectors. The file is read once, when the exporter starts; what is wrong with it is
/// logged then and harms nothing else.
struct CustomQueries: Sendable {
  static let pathFlag = Flag(
    "extend.query-path", placeholder: "ARCHIVO", environment: ["PG_EXPORTER_EXTEND_QUERY_PATH"],
    "Archivo YAML con consultas propias, en el formato de postgres_exporter.")

  let collectors: [any PostgresCollector]
  /// Names of collectors whose families the operator's queries have.
  let replaced: Set<String>

  /// - Parameter names: of the collectors that run.
  init(path: String, besides names: Set<String>, logger: Logger, once: OnceLog) {
    var problems: [String] = []
    var bytes: [UInt8] = []
    do {
      bytes = try FileReader.bytes(of: path)
    } catch {
      problems = ["no se puede leer: \(error)"]
    }
    let isReadable = problems.isEmpty
    let file = CustomQueryFile(bytes)
    problems += file.problems
    let declared = Set(Catalog.all.map(\.name))
    var replaced: Set<String> = []
    var collectors: [any PostgresCollector] = []
    for query in file.queries {
      let taken = query.columns.compactMap { query.family($0)?.name }.filter(declared.contains)
      let rivals = names.intersection(Self.collectors(called: query.name))
      if names.contains(query.name) {
        problems.append("\(query.name): así se llama un colector; poné otro nombre")
      } else if !taken.isEmpty, rivals.isEmpty {
        problems.append("\(query.name): \(taken.joined(separator: ", ")) ya la exporta otro colector; poné otro nombre")
      } else {
        if !taken.isEmpty { replaced.formUnion(rivals) }
        collectors.append(
          CustomQueryCollector(query: query, reserved: taken.isEmpty ? declared : [], once: once))
      }
    }
    for problem in problems {
      logger.error("custom queries: \(problem)", metadata: ["file": "\(path)"])
    }
    for name in replaced.sorted() {
      logger.notice("a custom query replaces a collector", metadata: ["collector": "\(name)", "file": "\(path)"])
    }
    self.replaced = replaced
    self.collectors =
      [
        UserQueriesCollector(
          path: path, hashSum: isReadable ? SHA256.hexadecimal(of: bytes) : "",
          hasFailed: !problems.isEmpty)
      ] + collectors
  }

  /// Whose families begin with the name, as the standard exporter's maps do.
  private static func collectors(called name: String) -> Set<String> {
    guard name.hasPrefix("pg_") else { return [] }
    return name == "pg_database" ? ["database", "database_size"] : [String(name.dropFirst(3))]
  }
}
