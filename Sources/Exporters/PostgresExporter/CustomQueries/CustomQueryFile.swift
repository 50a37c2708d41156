import ExporterKit
import MetricModel
import Yaml

/// The file of `--extend.query-path`, read: what can be used of it, and what is wrong with the rest.
///
/// Source: the format of postgres_exporter's `queries.yaml`
/// (https://github.com/prometheus-community/postgres_exporter, "Adding new metrics via a config file"). Ours beyond it:
/// `timeout`, a duration like `5s`, and `metric_mapping` of a MAPPEDMETRIC.
struct CustomQueryFile: Sendable {
  let queries: [CustomQuery]
  /// For the operator, each with its line.
  let problems: [String]

  private static let queryKeys = ["query", "metrics", "master", "cache_seconds", "runonserver", "timeout"]
  private static let columnKeys = ["usage", "description", "metric_mapping", "pg_version"]
  private static let usages = "LABEL, COUNTER, GAUGE, HISTOGRAM, MAPPEDMETRIC, DURATION o DISCARD"

  /// - Parameter bytes: UTF-8.
  init(_ bytes: [UInt8]) {
    var queries: [CustomQuery] = []
    var problems: [String] = []
    do {
      for entry in try YamlDocument.parse(bytes: bytes).mapping().entries {
        do throws(YamlError) {
          queries.append(try Self.query(entry, &problems))
        } catch {
          problems.append("\(entry.key): \(error)")
        }
      }
    } catch {
      problems.append("\(error)")
    }
    self.queries = queries
    self.problems = problems
  }

  private static func query(_ entry: YamlNode.Entry, _ problems: inout [String]) throws(YamlError) -> CustomQuery {
    guard Lint.isMetricName(entry.key) else {
      throw YamlError("el nombre no sirve para una métrica", line: entry.line)
    }
    let mapping = try entry.value.mapping()
    note(strangersIn: mapping, known: queryKeys, of: entry.key, &problems)
    let query = CustomQuery(
      name: entry.key, sql: try text(mapping, "query"),
      columns: try columns(try mapping.required("metrics").sequence(), of: entry.key, &problems))
    return try options(mapping, of: query)
  }

  private static func options(_ mapping: YamlMapping, of base: CustomQuery) throws(YamlError) -> CustomQuery {
    var query = base
    if let node = mapping["master"] { query.isForServer = try node.bool() }
    if let node = mapping["cache_seconds"] {
      let seconds = try node.integer(in: 0...CustomQuery.maximumCacheSeconds)
      query.freshness = seconds > 0 ? .seconds(seconds) : nil
    }
    if let node = mapping["runonserver"] {
      query.versions = try node.value("un rango de versiones como >=13.0.0 <16.0.0") { VersionRange($0) }
    }
    if let node = mapping["timeout"] {
      query.limit = try node.value("una duración de hasta \(CustomQuery.maximumLimitSeconds)s, como 5s") { text in
        let limit = Duration(go: text)
        return limit.flatMap { $0 > .zero && $0 <= .seconds(CustomQuery.maximumLimitSeconds) ? $0 : nil }
      }
    }
    return query
  }

  private static func text(_ mapping: YamlMapping, _ key: String) throws(YamlError) -> String {
    try mapping.required(key).string()
  }

  /// A list of mappings with one key each, though several are taken as well.
  private static func columns(
    _ nodes: [YamlNode], of name: String, _ problems: inout [String]
  ) throws(YamlError) -> [CustomQuery.Column] {
    var columns: [CustomQuery.Column] = []
    for node in nodes {
      for entry in try node.mapping().entries {
        guard Lint.isLabelName(entry.key) else {
          throw YamlError("\(entry.key): el nombre no sirve para una métrica ni una etiqueta", line: entry.line)
        }
        guard !columns.contains(where: { $0.name == entry.key }) else {
          throw YamlError("\(entry.key): la columna está dos veces", line: entry.line)
        }
        columns.append(try column(entry, of: name, &problems))
      }
    }
    return columns
  }

  private static func column(
    _ entry: YamlNode.Entry, of name: String, _ problems: inout [String]
  ) throws(YamlError) -> CustomQuery.Column {
    let mapping = try entry.value.mapping()
    note(strangersIn: mapping, known: columnKeys, of: "\(name), \(entry.key)", &problems)
    var mapped: [String: Double] = [:]
    for entry in try mapping["metric_mapping"]?.mapping().entries ?? [] {
      mapped[entry.key] = try entry.value.number()
    }
    let usage: CustomQuery.Usage = try mapping.required("usage").value(usages) { text in
      switch text {
      case "LABEL": .label
      case "COUNTER": .counter
      case "GAUGE": .gauge
      case "HISTOGRAM": .histogram
      case "MAPPEDMETRIC": .mapped(mapped)
      case "DURATION": .duration
      case "DISCARD": .discard
      default: nil
      }
    }
    if usage == .label, entry.key == "server" {
      throw YamlError("server: la etiqueta ya la lleva toda serie", line: entry.line)
    }
    return CustomQuery.Column(
      name: entry.key, usage: usage, description: try mapping["description"]?.string() ?? "")
  }

  /// The standard exporter takes no notice of keys that it does not know: they harm nothing, but may be misspelt.
  private static func note(
    strangersIn mapping: YamlMapping, known: [String], of name: String, _ problems: inout [String]
  ) {
    for entry in mapping.entries where !known.contains(entry.key) {
      problems.append("\(name): no conozco la clave \(entry.key), línea \(entry.line); no la uso")
    }
  }
}
