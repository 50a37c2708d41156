import Catalog
import Postgres
import Settings
import Synchronization
import Topology

/// One server to scrape: where its address and its credentials come from.
final class DataSource: Sendable {
  /// What its series are named after while it cannot be reached.
  struct Place: Sendable {
    let database: String
    let server: ServerLabel
  }

  /// Without secrets.
  let address: String
  private let read: @Sendable (ContinuousClock.Instant) async throws -> PostgresConfiguration
  private let latest: Mutex<Place>

  /// - Parameters:
  ///   - place: until it is read for the first time.
  ///   - read: by the deadline and without blocking; called before each attempt to connect, so that a password's file
  ///     may change.
  init(
    address: String, _ place: Place,
    _ read: @escaping @Sendable (ContinuousClock.Instant) async throws -> PostgresConfiguration
  ) {
    self.address = address
    self.read = read
    latest = Mutex(place)
  }

  func configuration(until deadline: ContinuousClock.Instant) async throws -> PostgresConfiguration {
    var configuration = try await read(deadline)
    configuration.setExporterSettings()
    let place = configuration.place
    latest.withLock { $0 = place }
    return configuration
  }

  /// As last read.
  var place: Place { latest.withLock { $0 } }

  static let applicationName = "postgres-exporter"

  /// All that the settings name: `DATA_SOURCE_NAME` before `DATA_SOURCE_URI` with its credentials, both before ours.
  /// - Throws: a `SettingsError`.
  static func all(_ settings: Settings) throws -> [DataSource] {
    if let names = try settings.optional(DataSourceVariables.name) {
      return try names.split(separator: ",").enumerated().map { index, _ in
        try source(DataSourceVariables.name) {
          let names = try settings.required(DataSourceVariables.name).split(separator: ",")
          return try PostgresConfiguration(
            url: index < names.count ? trimmed(String(names[index])) : "", applicationName: applicationName)
        }
      }
    }
    if try settings.optional(DataSourceVariables.uri) != nil {
      return [try source(DataSourceVariables.uri) { try fromParts(settings) }]
    }
    guard try settings.optional(Variables.databaseURL) != nil else { return [] }
    return [
      try source(Variables.databaseURL) {
        let url = try settings.required(Variables.databaseURL)
        return try PostgresConfiguration(url: url, applicationName: applicationName)
      }
    ]
  }

  private static func source(
    _ variable: Variable, _ read: @escaping @Sendable () throws -> PostgresConfiguration
  ) throws -> DataSource {
    do {
      let first = try read()
      let reading = BlockingRead { Result { try read() } }
      return DataSource(address: first.redactedDescription, first.place) { deadline in
        guard let result = try await reading.value(until: deadline) else {
          throw PostgresError(
            .configuration,
            "\(variable.name) and its credentials were not read in time; is a file a pipe or on a dead mount?")
        }
        return try result.get()
      }
    } catch let error as PostgresConfigurationError {
      throw SettingsError(variable, "no se puede usar: \(error.problem)", remedy: "corregila")
    }
  }

  /// `host:port/database?sslmode=…`, and who we are apart from it.
  private static func fromParts(_ settings: Settings) throws -> PostgresConfiguration {
    func value(_ variable: Variable) throws -> String? { try settings.optional(variable).map(trimmed) }
    var configuration = try PostgresConfiguration(
      url: "postgresql://" + (try value(DataSourceVariables.uri) ?? ""), applicationName: applicationName)
    configuration.authenticate(
      user: try value(DataSourceVariables.user), password: try value(DataSourceVariables.password))
    return configuration
  }

  private static func trimmed(_ text: String) -> String { String(text.trimming(while: \.isWhitespace)) }
}
