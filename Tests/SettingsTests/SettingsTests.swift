import Settings
import TestSupport
import Testing
import Topology

@Suite("Settings")
struct SettingsTests {
  private static let plain = Variable("PLAIN", "Una variable.")
  private static let defaulted = Variable("DEFAULTED", default: "8", "Con valor por omisión.")
  private static let emptyDefault = Variable("EMPTY_DEFAULT", default: "", "Vacía por omisión.")
  private static let secret = Variable("SECRET", secret: true, "Un secreto.")

  @Test("a variable comes from the environment, else from its default, else it is absent")
  func direct() throws {
    let settings = Settings(environment: ["PLAIN": "a b", "DEFAULTED": "9"])
    #expect(try settings.optional(Self.plain) == "a b")
    #expect(try settings.optional(Self.defaulted) == "9")
    let nothing = Settings(environment: [:])
    #expect(try nothing.optional(Self.plain) == nil)
    #expect(try nothing.optional(Self.defaulted) == "8")
    #expect(try nothing.required(Self.defaulted) == "8")
    #expect(try nothing.optional(Self.emptyDefault) == nil)
  }

  @Test("empty counts as not set")
  func empty() throws {
    let settings = Settings(environment: ["PLAIN": "", "DEFAULTED": "", "DEFAULTED_FILE": ""])
    #expect(try settings.optional(Self.plain) == nil)
    #expect(try settings.optional(Self.defaulted) == "8")
  }

  @Test(
    "a file's value is all of it but one line end",
    arguments: [
      ("value", "value"), ("value\n", "value"), ("value\r\n", "value"), ("value\n\n", "value\n"), (" v ", " v "),
      ("a\nb\n", "a\nb"), ("clave-ñ", "clave-ñ"),
      (String(repeating: "k", count: 100_000), String(repeating: "k", count: 100_000)),
    ])
  func file(contents: String, value: String) throws {
    let directory = try TemporaryDirectory("settings")
    let path = try directory.write(contents, to: "secret")
    let settings = Settings(environment: ["SECRET_FILE": path, "SECRET": ""])
    #expect(try settings.required(Self.secret) == value)
  }

  @Test("a value and a file at once are refused, without saying which value")
  func both() throws {
    let directory = try TemporaryDirectory("settings")
    let path = try directory.write("from-the-file", to: "secret")
    let error = try Self.error(of: Self.secret, in: ["SECRET": "from-the-environment", "SECRET_FILE": path])
    #expect(error.variable == "SECRET")
    #expect(error.description.contains("SECRET_FILE"))
    #expect(!error.description.contains("from-the"))
  }

  @Test("a file that is not there, is empty, is a directory or is too large is an error that names it")
  func badFiles() throws {
    let directory = try TemporaryDirectory("settings")
    let large = try directory.write(String(repeating: "k", count: (1 << 20) + 1), to: "large")
    for (path, reason) in [
      (directory.file("missing"), "No such file or directory"), (try directory.write("", to: "empty"), "archivo vacío"),
      (try directory.write("\n", to: "newline"), "archivo vacío"), (directory.path, "Is a directory"),
      (large, "File too large"),
    ] {
      let error = try Self.error(of: Self.secret, in: ["SECRET_FILE": path])
      #expect(error.description.contains(path))
      #expect(error.description.contains(reason))
      #expect(error.description.hasPrefix("SECRET "))
    }
  }

  @Test("what is missing is named, with both ways to set it")
  func missing() throws {
    let error = try Self.error(of: Self.plain, in: [:])
    #expect(error.description == "PLAIN no está definida: definila en el ambiente, o PLAIN_FILE con un archivo")
  }

  @Test("a value that does not parse is repeated, unless it is a secret")
  func unparseable() throws {
    let settings = Settings(environment: ["PLAIN": "siete", "SECRET": "hunter2"])
    let plain = try #require(throws: SettingsError.self) {
      try settings.required(Self.plain, expected: "a number") { Int($0) }
    }
    #expect(plain.description.contains("siete"))
    #expect(plain.description.contains("a number"))
    let secret = try #require(throws: SettingsError.self) {
      try settings.required(Self.secret, expected: "a number") { Int($0) }
    }
    #expect(secret.description.contains("a number"))
    #expect(!secret.description.contains("hunter2"))
    #expect(!"\(secret.problem) \(secret.remedy)".contains("hunter2"))
    #expect(try settings.required(Self.plain, expected: "a word") { $0.count } == 5)
  }

  @Test("a secret in a file that does not parse is not repeated either")
  func secretFile() throws {
    let directory = try TemporaryDirectory("settings")
    let settings = Settings(environment: ["SECRET_FILE": try directory.write("hunter2\n", to: "secret")])
    let error = try #require(throws: SettingsError.self) {
      try settings.required(Self.secret, expected: "a number") { Int($0) }
    }
    #expect(!String(reflecting: error).contains("hunter2"))
  }

  @Test("a port has its default, its variable and its range")
  func ports() throws {
    #expect(try Settings(environment: [:]).port(.deposito) == 8001)
    #expect(try Settings(environment: ["DEPOSITO_PORT": "18001"]).port(.deposito) == 18_001)
    #expect(try Settings(environment: ["DEPOSITO_PORT": "0"]).port(.deposito) == 0)
    #expect(try Settings(environment: ["DEPOSITO_PORT": "65535"]).port(.deposito) == 65_535)
    for wrong in ["65536", "-1", "http", "80 ", "8001.0", "0x50"] {
      let settings = Settings(environment: ["DEPOSITO_PORT": wrong])
      let error = try #require(throws: SettingsError.self) { try settings.port(.deposito) }
      #expect(error.description.contains("DEPOSITO_PORT"))
      #expect(error.description.contains(wrong))
    }
  }

  @Test("what must stay secret is declared so")
  func secrets() {
    let names = ["KEY", "PASSWORD", "WEBHOOK", "DATABASE_URL", "TOKEN"]
    for variable in Variables.all where names.contains(where: variable.name.contains) {
      #expect(variable.isSecret, "\(variable.name)")
    }
    #expect(Set(Variables.all.map(\.name)).count == Variables.all.count)
    #expect(Variables.jwtSecretKey.fileVariableName == "JWT_SECRET_KEY_FILE")
  }

  private static func error(of variable: Variable, in environment: [String: String]) throws -> SettingsError {
    let settings = Settings(environment: environment)
    return try #require(throws: SettingsError.self) { try settings.required(variable) }
  }
}
