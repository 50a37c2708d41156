import ExporterKit
import Testing

@Suite("Flags that are not there")
struct AbsentFlagTests {
  private let absent = [
    AbsentFlag("prefix", default: "pg", environment: ["PREFIX"], because: "use that"),
    AbsentFlag("dump", .toggle, because: "look there"),
    AbsentFlag("processors", because: nil),
  ]

  private func refuse(_ arguments: [String], _ environment: [String: String] = [:]) throws {
    try AbsentFlag.refuse(absent, FlagValues(arguments, flags: absent.map(\.flag), environment: environment))
  }

  @Test(
    "what asks for nothing is accepted",
    arguments: [[], ["--prefix=pg"], ["--no-dump"], ["--dump=false"], ["--processors=4"], ["--processors", "2"]])
  func accepted(arguments: [String]) throws { try refuse(arguments) }

  @Test("what asks for something is refused with the reason", arguments: [["--prefix=x"], ["--dump"]])
  func refused(arguments: [String]) {
    let mistake = #expect(throws: FlagMistake.self) { try refuse(arguments) }
    #expect(mistake?.description.contains(" no está: ") == true)
  }

  @Test("its variable asks too")
  func variable() {
    #expect(throws: FlagMistake.self) { try refuse([], ["PREFIX": "x"]) }
    #expect(throws: Never.self) { try refuse([], ["PREFIX": ""]) }
  }
}
