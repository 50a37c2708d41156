/// A role of the embedded database, and the variable through which its process receives the address.
/// What an external database needs is the same list, made by its administrator.
package struct DatabaseRole: Sendable {
  package enum Rights: Sendable, Equatable {
    /// Owns the schema: migrates it and nothing else.
    case owner(schema: String)
    /// Works in the schema with what the migrations grant.
    case application(schema: String)
    /// Reads the statistics of the whole server.
    case monitoring
  }

  package let name: String
  package let rights: Rights
  /// `PlatformProcess.name` of the only process that has its password.
  package let process: String
  package let variable: Variable

  package init(_ name: String, _ rights: Rights, process: String, variable: Variable) {
    self.name = name
    self.rights = rights
    self.process = process
    self.variable = variable
  }
}

extension Platform {
  /// An owner comes before those who work in its schema.
  package static let databaseRoles = [
    DatabaseRole(
      "deposito_migrador", .owner(schema: "deposito"), process: deposito.name,
      variable: Variables.migrationDatabaseURL),
    DatabaseRole(
      "deposito_app", .application(schema: "deposito"), process: deposito.name, variable: Variables.databaseURL),
    DatabaseRole("postgres_exporter", .monitoring, process: postgresExporter.name, variable: Variables.databaseURL),
  ]
}
