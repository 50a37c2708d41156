import Catalog
import Postgres
import Yaml

/// Credentials with the servers that they may be sent to: an entry of `auth_modules` as postgres_exporter's
/// `--config.file` has it, with our `targets` and `password_file`.
///
/// ```yaml
/// auth_modules:
///   shops:
///     type: userpass
///     userpass: { username: monitor, password_file: /run/secrets/monitor }
///     options: { sslmode: verify-full }
///     targets: ["*.shops.example:5432"]
/// ```
struct AuthModule: Sendable, CustomStringConvertible, CustomReflectable {
  let name: String
  let targets: [ProbePattern]
  private let user: String
  private let password: Password
  /// libpq's keywords.
  private let options: [String: String]

  private enum Password: Sendable {
    case text(String)
    case file(PasswordFile)
  }

  var description: String { "auth_module \(name)" }
  var customMirror: Mirror { Mirror(self, children: [:]) }

  /// What would lead the credentials elsewhere, or replace them.
  private static let forbiddenOptions: Set = [
    "host", "hostaddr", "port", "dbname", "user", "password", "passfile", "service", "servicefile",
  ]

  /// - Parameter text: the file's.
  /// - Throws: `YamlError`, which repeats no value.
  static func all(_ text: String) throws(YamlError) -> [AuthModule] {
    let root = try YamlDocument.parse(text).mapping(known: ["auth_modules"])
    guard let modules = root["auth_modules"] else { return [] }
    var all: [AuthModule] = []
    for entry in try modules.mapping().entries { all.append(try AuthModule(entry.key, entry.value)) }
    return all
  }

  private init(_ name: String, _ node: YamlNode) throws(YamlError) {
    let mapping = try node.mapping(known: ["type", "userpass", "options", "targets"])
    self.name = name
    let type = try mapping.required("type")
    guard try type.string() == "userpass" else { throw type.mistake("el único tipo es userpass") }
    let credentials = try mapping.required("userpass")
    let userpass = try credentials.mapping(known: ["username", "password", "password_file"])
    user = try userpass.required("username").string()
    switch (userpass["password"], userpass["password_file"]) {
    case (let text?, nil): password = .text(try text.string())
    case (nil, let file?): password = .file(PasswordFile(try file.string()))
    default: throw credentials.mistake("va una de las dos: password o password_file")
    }
    var options: [String: String] = [:]
    for entry in try mapping["options"]?.mapping().entries ?? [] {
      options[entry.key] = try entry.value.string()
      guard !Self.forbiddenOptions.contains(entry.key),
        (try? PostgresConfiguration(keywords: [entry.key: "1"], applicationName: "")) != nil
      else { throw YamlError("\(entry.key.prefix(64)): no es una opción que valga acá", line: entry.line) }
    }
    self.options = options
    var targets: [ProbePattern] = []
    for target in try mapping["targets"]?.sequence() ?? [] {
      guard let pattern = ProbePattern(try target.string()) else {
        throw target.mistake("va host, host:puerto o host:puerto/base; * vale por cualquier parte, no por todo el host")
      }
      targets.append(pattern)
    }
    self.targets = targets
  }

  func allows(_ address: ProbeAddress) -> Bool { targets.contains { $0.allows(address) } }

  func place(of address: ProbeAddress) -> DataSource.Place {
    DataSource.Place(database: address.database ?? user, server: ServerLabel("\(address.host):\(address.port)"))
  }

  /// Reads the password's file.
  func configuration(
    of address: ProbeAddress, until deadline: ContinuousClock.Instant
  ) async throws -> PostgresConfiguration {
    var keywords = options
    keywords["host"] = address.host
    keywords["port"] = address.port
    keywords["user"] = user
    keywords["dbname"] = address.database
    switch password {
    case .text(let text): keywords["password"] = text
    case .file(let file): keywords["password"] = try await file.password(until: deadline)
    }
    return try PostgresConfiguration(keywords: keywords, applicationName: DataSource.applicationName)
  }
}
