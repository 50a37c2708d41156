import ExporterKit
import Testing

@testable import RedisExporter

@Suite("KeyPlace")
struct KeyPlaceTests {
  @Test("a list names databases and keys, as in a URL's query")
  func list() throws {
    let places = try KeyPlace.list("db0=session:*, db3=user%3A1 ,counter,12=a+b,,db1=", of: KeyFlags.keys)
    #expect(
      places == [
        KeyPlace(database: 0, key: "session:*"), KeyPlace(database: 3, key: "user:1"),
        KeyPlace(database: 0, key: "counter"), KeyPlace(database: 12, key: "a b"),
      ])
    #expect(places.map(\.isPattern) == [true, false, false, false])
  }

  @Test("what is no such list is a mistake", arguments: ["db0=a=b", "dbx=a", "db-1=a", "=a", "a%zz"])
  func mistakes(text: String) {
    #expect(throws: FlagMistake.self) { try KeyPlace.list(text, of: KeyFlags.keys) }
  }

  @Test("patterns are scanned for, names are asked about")
  func options() throws {
    var options = KeyOptions()
    options.addKeys(try KeyPlace.list("a*,b,c?,[d],e", of: KeyFlags.keys))
    #expect(options.keyPatterns.map(\.key) == ["a*", "c?", "[d]"])
    #expect(options.singleKeys.map(\.key) == ["b", "e"])
  }
}
