import ExporterKit
import Postgres

/// Which databases of a server are scraped beside the one of its address.
struct ScrapedDatabases: Sendable {
  /// More than these are not scraped: each is a session on the server.
  static let maximumDatabases = 200

  /// False: none.
  let areDiscovered: Bool
  private let included: Set<String>
  private let excluded: Set<String>

  static let discover = Flag(
    "auto-discover-databases", .toggle, environment: ["PG_EXPORTER_AUTO_DISCOVER_DATABASES"],
    "Mide todas las bases del servidor y no sólo la de la dirección.")
  static let include = Flag(
    "include-databases", placeholder: "BASES", environment: ["PG_EXPORTER_INCLUDE_DATABASES"],
    "Con --auto-discover-databases, sólo estas, separadas por comas.")
  static let exclude = Flag(
    "exclude-databases", placeholder: "BASES", environment: ["PG_EXPORTER_EXCLUDE_DATABASES"],
    "Con --auto-discover-databases, todas menos estas, separadas por comas.")
  static let flags = [discover, include, exclude]

  init(_ flags: FlagValues) {
    areDiscovered = flags.isOn(Self.discover)
    included = Self.names(flags.text(Self.include))
    excluded = Self.names(flags.text(Self.exclude))
  }

  private static func names(_ text: String?) -> Set<String> {
    Set((text ?? "").split(separator: ",").map { String($0.trimming(while: { $0 == " " })) })
  }

  /// The databases of the server in which this role may open a session, but for the one that is asked.
  static let statement = Statement(
    "databases",
    """
    SELECT datname::text FROM pg_database
    WHERE datallowconn AND NOT datistemplate AND datname <> current_database()
      AND has_database_privilege(datname::text, 'CONNECT'::text)
    ORDER BY datname
    """)

  func chosen(from names: [String]) -> [String] {
    let chosen = names.filter { !excluded.contains($0) && (included.isEmpty || included.contains($0)) }
    return Array(chosen.prefix(Self.maximumDatabases))
  }
}

extension StringProtocol {
  /// Without such characters at both ends.
  func trimming(while isSuperfluous: (Character) -> Bool) -> SubSequence {
    let start = drop(while: isSuperfluous)
    guard let last = start.lastIndex(where: { !isSuperfluous($0) }) else { return start.prefix(0) }
    return start[...last]
  }
}
