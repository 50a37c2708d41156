import Testing

@testable import ExporterKit

@Suite("FlagValues")
struct FlagValuesTests {
  private let path = Flag("path.procfs", placeholder: "DIR", default: "/proc", "Dónde está procfs.")
  private let address = Flag("web.listen-address", .list, environment: ["ADDRESS", "OLD_ADDRESS"], "Dónde escucha.")
  private let toggle = Flag("web.x", .toggle, environment: ["X"], "Prende x.")
  private let number = Flag("web.max-requests", default: "40", "Cuántas.")

  private func values(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws(FlagMistake) -> FlagValues {
    try FlagValues(arguments, flags: [path, address, toggle, number], environment: environment)
  }

  @Test("each spelling means the same")
  func spellings() throws {
    for arguments in [["--path.procfs=/x"], ["--path.procfs", "/x"], ["-path.procfs=/x"], ["-path.procfs", "/x"]] {
      let values = try FlagValues(arguments, flags: [path], environment: [:])
      #expect(values.text(path) == "/x")
      #expect(values.isGiven(path))
    }
    #expect(try values("--path.procfs=a=b").text(path) == "a=b")
    #expect(try values("--web.x").isOn(toggle))
    #expect(try values("--web.x=true").isOn(toggle))
    #expect(try !values("--no-web.x").isOn(toggle))
    #expect(try !values("--web.x", "--web.x=false").isOn(toggle))
  }

  @Test("of a value the last counts, of a list all")
  func repetition() throws {
    #expect(try values("--path.procfs=/a", "--path.procfs=/b").text(path) == "/b")
    #expect(try values("--web.listen-address=:1", "--web.listen-address", ":2").list(address) == [":1", ":2"])
  }

  @Test("the command line, then the environment in its order, then the default")
  func precedence() throws {
    #expect(try values().text(path) == "/proc")
    #expect(try !values().isGiven(path))
    #expect(try values().list(address) == [])
    #expect(try values(environment: ["OLD_ADDRESS": ":2"]).list(address) == [":2"])
    #expect(try values(environment: ["OLD_ADDRESS": ":2", "ADDRESS": ":1"]).list(address) == [":1"])
    #expect(try values(environment: ["OLD_ADDRESS": ":2", "ADDRESS": ""]).list(address) == [":2"])
    #expect(try values("--web.listen-address=:3", environment: ["ADDRESS": ":1"]).list(address) == [":3"])
    #expect(try values(environment: ["X": "1"]).isOn(toggle))
    #expect(try values("--path.procfs=").text(path) == nil)
  }

  @Test(
    "what cannot be obeyed names the flag",
    arguments: [
      (["--nothing=secret"], "argumento desconocido --nothing"),
      (["word"], "el argumento 1 no es una opción: empiezan con --"),
      (["--"], "argumento desconocido --"), (["--path.procfs"], "--path.procfs necesita un valor"),
      (["--web.x=maybe"], "--web.x es true o false, no maybe"),
      (["--no-path.procfs"], "argumento desconocido --no-path.procfs"),
      (["--no-web.x=true"], "argumento desconocido --no-web.x"),
    ])
  func mistakes(_ arguments: [String], _ expected: String) {
    #expect(throws: FlagMistake(expected)) {
      try FlagValues(arguments, flags: [path, address, toggle, number], environment: [:])
    }
  }

  @Test("a wrong value in the environment is a mistake too")
  func environment() {
    #expect(throws: FlagMistake.self) { try values(environment: ["X": "maybe"]) }
  }

  @Test("help and version are requests, whatever follows", arguments: ["--help", "-h", "-help", "--version"])
  func requests(_ argument: String) throws {
    let request = try values(argument, "--nothing").request
    #expect(request == (argument == "--version" ? .version : .help))
    #expect(try values().request == .run)
  }

  @Test("numbers within their range")
  func numbers() throws {
    #expect(try values().integer(number, in: 0...100) == 40)
    for text in ["-1", "101", "x", "4.0", ""] {
      #expect(throws: FlagMistake("--web.max-requests es un número de 0 a 100")) {
        try values("--web.max-requests=\(text)").integer(number, in: 0...100)
      }
    }
  }

  @Test(
    "durations as Go writes them",
    arguments: [
      ("500ms", 0.5), ("15s", 15), ("1m30s", 90), ("2h", 7200), ("1.5h", 5400), ("0", 0), ("100us", 0.0001),
      ("1h1m1.5s", 3661.5),
    ])
  func durations(_ text: String, _ seconds: Double) throws {
    let duration = try #require(Duration(go: text))
    #expect(abs(duration / .seconds(1) - seconds) < 1e-9)
    #expect(try values("--path.procfs=\(text)").duration(path) == duration)
  }

  @Test(
    "what is no duration of Go's is refused", arguments: ["", "1", "s", "1d", "-1s", "1 s", "1e9s", "1ss", "9e99h"])
  func noDurations(_ text: String) {
    #expect(Duration(go: text) == nil)
    #expect(throws: FlagMistake.self) { try values("--path.procfs=\(text)").duration(path) }
  }
}

@Suite("CollectorFlags")
struct CollectorFlagsTests {
  private let flags = CollectorFlags([
    FakeCollector(name: "on"), FakeCollector(name: "off", isDefault: false), FakeCollector(name: "other"),
  ])

  private func enabled(_ arguments: String...) throws -> Set<String> {
    flags.enabled(try FlagValues(arguments, flags: flags.all, environment: [:]))
  }

  @Test("one flag a collector, and one for all defaults")
  func names() {
    #expect(
      flags.all.map(\.name) == ["collector.on", "collector.off", "collector.other", "collector.disable-defaults"])
  }

  @Test("defaults run, and each is turned on and off by its flag")
  func choice() throws {
    #expect(try enabled() == ["on", "other"])
    #expect(try enabled("--collector.off", "--no-collector.on") == ["off", "other"])
    #expect(try enabled("--collector.disable-defaults") == [])
    #expect(try enabled("--collector.disable-defaults", "--collector.other", "--collector.off") == ["other", "off"])
  }
}
