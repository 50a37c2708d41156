import ExporterKit

/// The flags of `stat_statements`; names and defaults are postgres_exporter 0.19's.
enum StatementFlags {
  static let maximumStatements = 10_000
  static let maximumTextCharacters = 10_000

  static let all = [includeQuery, queryLength, limit, excludeDatabases, excludeUsers]

  private static let prefix = "collector.stat_statements."
  private static let includeQuery = Flag(
    prefix + "include_query", .toggle, "Exporta también el texto de las sentencias, que puede tener datos.")
  private static let queryLength = Flag(
    prefix + "query_length", placeholder: "N", default: "120", "Hasta cuántos caracteres de cada texto.")
  private static let limit = Flag(
    prefix + "limit", placeholder: "N", default: "100", "Cuántas sentencias se exportan una por una; 0 es 100.")
  private static let excludeDatabases = Flag(
    prefix + "exclude_databases", placeholder: "A,B", "Bases de las que no se exporta ninguna.")
  private static let excludeUsers = Flag(
    prefix + "exclude_users", placeholder: "A,B", "Roles de los que no se exporta ninguna.")

  static func options(_ flags: FlagValues) throws(FlagMistake) -> StatStatementsCollector.Options {
    var options = StatStatementsCollector.Options()
    let asked = try flags.integer(limit, in: 0...maximumStatements)
    if asked > 0 { options.limit = asked }
    let characters = try flags.integer(queryLength, in: 0...maximumTextCharacters)
    options.textCharacters = flags.isOn(includeQuery) ? characters : nil
    options.excludedDatabases = names(flags.text(excludeDatabases))
    options.excludedUsers = names(flags.text(excludeUsers))
    return options
  }

  private static func names(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { String($0.trimming { $0 == " " }) }.filter { !$0.isEmpty }
  }
}
