import Topology

/// The variables of the standard exporter that say which servers are scraped; each can come from a file, too
/// (`DATA_SOURCE_PASS_FILE`), which is read again at each new session.
enum DataSourceVariables {
  static let name = Variable(
    "DATA_SOURCE_NAME", secret: true, optional: true,
    "Servidores a medir, como DATABASE_URL o como los pares clave=valor de libpq; varios, separados por comas. Vale "
      + "antes que DATABASE_URL.")
  static let uri = Variable(
    "DATA_SOURCE_URI", optional: true,
    "host:puerto/base?sslmode=… del servidor a medir, sin usuario ni clave. Vale antes que DATABASE_URL.")
  static let user = Variable("DATA_SOURCE_USER", optional: true, "Usuario para DATA_SOURCE_URI.")
  static let password = Variable("DATA_SOURCE_PASS", secret: true, optional: true, "Clave para DATA_SOURCE_URI.")

  static let all = [name, uri, user, password]
}
