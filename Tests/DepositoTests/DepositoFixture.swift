import Foundation
import TestSupport

/// A built agente-deposito of the test's own, over a database of its own in a real PostgreSQL.
final class DepositoFixture: Sendable {
  static let key = "a-key-of-the-tests-with-enough-bytes"
  static let adminPassword = "clave-de-las-pruebas"
  /// What `deploy.sh` gives the application: rights that the migrations grant, and nothing else.
  private static let role = "deposito_app"

  let server: PostgresServer
  let database: String
  let port: Int
  let client: HTTPClient
  let directory: TemporaryDirectory
  let process: ServerProcess

  var logPath: String { directory.file("agente-deposito.log") }

  /// - Parameters:
  ///   - server: of the test's own where it will be stopped; else the shared one.
  ///   - redis: where its events go; else they stay in its outbox.
  ///   - migrated: false for a schema that is not there.
  static func start(
    on server: PostgresServer? = nil, redis: RedisServer? = nil, migrated: Bool = true,
    environment: [String: String] = [:]
  ) async throws -> DepositoFixture {
    let environment = redis.map { environment.merging(["REDIS_URL": $0.url()]) { $1 } } ?? environment
    let shared: PostgresServer
    if let server { shared = server } else { shared = try await PostgresServer.shared() }
    let database = try await shared.createDatabase()
    try await shared.psql(
      """
      DO $$ BEGIN CREATE ROLE \(role) LOGIN PASSWORD '\(PostgresServer.password)';
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
      """)
    let fixture = try await DepositoFixture(shared, database, environment, migrated: migrated)
    try await fixture.client.wait(for: "/health/live")
    return fixture
  }

  /// Another process over the same database.
  func replica(environment: [String: String] = [:]) async throws -> DepositoFixture {
    let replica = try await DepositoFixture(server, database, environment, migrated: false)
    try await replica.client.wait(for: "/health/live")
    return replica
  }

  private init(
    _ server: PostgresServer, _ database: String, _ extra: [String: String], migrated: Bool
  ) async throws {
    self.server = server
    self.database = database
    port = try FreePorts.next()
    client = HTTPClient("http://127.0.0.1:\(port)")
    directory = try TemporaryDirectory("deposito")
    let environment = [
      "DATABASE_URL": server.url(user: Self.role, database: database),
      "MIGRATION_DATABASE_URL": server.url(database: database), "JWT_SECRET_KEY": Self.key,
      "ADMIN_PASSWORD": Self.adminPassword, "DEPOSITO_PORT": "\(port)",
    ].merging(extra) { $1 }
    let binary = try Binaries.path(of: "agente-deposito")
    if migrated { try await Subprocess.check([binary, "migrate"], environment: environment) }
    process = try await ServerProcess("agente-deposito", [binary], environment: environment, in: directory)
  }

  /// A client that is logged in as the user that `migrate` made.
  func admin() async throws -> HTTPClient { try await client(of: "admin") }

  func login(_ user: String, _ password: String) async throws -> HTTPClient.Answer {
    try await client.send(
      "POST", "/api/v1/auth/login", json: #"{"username":"\#(user)","password":"\#(password)"}"#)
  }

  /// Creates a user that logs in with `adminPassword`.
  func createUser(_ name: String, role: String, by client: HTTPClient) async throws {
    let answer = try await client.send(
      "POST", "/api/v1/usuarios",
      json: #"{"usuario":"\#(name)","clave":"\#(Self.adminPassword)","rol":"\#(role)"}"#)
    guard answer.status == 201 else { throw TestSupportError("no user: \(answer.status) \(answer.text)") }
  }

  /// A client that is logged in as somebody.
  func client(of user: String, password: String = adminPassword) async throws -> HTTPClient {
    let answer = try await login(user, password)
    guard let token = answer.json["access_token"]?.string else {
      throw TestSupportError("no token: \(answer.status) \(answer.text)")
    }
    return client.authorized(by: token)
  }

  @discardableResult
  func psql(_ sql: String) async throws -> String { try await server.psql(sql, database: database) }

  /// Holds whatever the statement locks; the task ends when it lets go, or when the server does.
  func hold(_ lock: String, seconds: Double, then last: String = "") async throws -> Task<Void, any Error> {
    let sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    let before = try await psql(sleeping)
    let task = Task { _ = try await psql("BEGIN; \(lock); SELECT pg_sleep(\(seconds)); \(last); COMMIT") }
    while try await psql(sleeping) == before { try await Task.sleep(for: .milliseconds(20)) }
    return task
  }

  /// Creates a product and returns its identifier.
  func product(_ client: HTTPClient, code: String, stock: String = "0") async throws -> Int {
    let answer = try await client.send("POST", "/api/v1/productos", json: Self.product(code: code, stock: stock))
    guard answer.status == 201, let id = answer.json["id"]?.int else {
      throw TestSupportError("no product: \(answer.status) \(answer.text)")
    }
    return id
  }

  static func product(code: String, stock: String = "0") -> String {
    """
    {"codigo":"\(code)","nombre":"Azúcar 1 kg","categoria":"almacen","precio_compra":100.5,
     "precio_venta":150.25,"stock_actual":\(stock)}
    """
  }

  static func movement(_ product: Int, _ kind: String, _ quantity: String) -> String {
    #"{"producto_id":\#(product),"tipo_movimiento":"\#(kind)","cantidad":\#(quantity),"motivo":"prueba"}"#
  }

  /// The metric's value on the page; nil where the series is not there.
  func metric(_ series: String) async throws -> Double? {
    let page = try await client.send("GET", "/metrics").text
    return page.split(separator: "\n").first { $0.hasPrefix(series + " ") }.flatMap {
      Double($0.split(separator: " ")[1])
    }
  }
}
