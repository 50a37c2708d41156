import ExporterKit
import Redis

/// A key, or a pattern of keys, in a database, as `--check-keys` names it.
struct KeyPlace: Sendable, Hashable {
  let database: Int
  let key: String

  private static let maximumDatabase = 1 << 20

  /// Whether it names what SCAN must find.
  var isPattern: Bool { key.contains { "?*[]^".contains($0) } }

  /// `db0=session:*,db3=user%3A1,counter`: database 0 where none is named; keys as in a URL's query.
  static func list(_ text: String, of flag: Flag) throws(FlagMistake) -> [KeyPlace] {
    var places: [KeyPlace] = []
    for item in text.split(separator: ",") {
      let parts = item.split(separator: "=", omittingEmptySubsequences: false).map { $0.trimmed }
      let key = parts.last?.replacing("+", with: " ").percentDecoded
      let name = parts.count == 2 ? parts[0].replacing("db", with: "") : "0"
      guard parts.count <= 2, let key, let database = Int(name), (0...maximumDatabase).contains(database) else {
        throw FlagMistake("--\(flag.name) es una lista como db0=patrón*,db3=clave")
      }
      if !key.isEmpty { places.append(KeyPlace(database: database, key: key)) }
    }
    return places
  }
}

extension StringProtocol {
  /// Without blanks at its ends.
  var trimmed: String {
    let head = drop { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    return String(head.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }.reversed())
  }
}
