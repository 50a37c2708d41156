import Postgres
import Testing

@Suite("Connection strings")
struct ConfigurationTests {
  private func parse(_ text: String) throws -> PostgresConfiguration {
    try PostgresConfiguration(url: text, applicationName: "agente-deposito")
  }

  @Test("A URL's parts are decoded")
  func url() throws {
    let configuration = try parse(
      "postgresql://us%40er:p%40ss%2Fw%3Ar%25d@db.example:5433/inventario%20retail?sslmode=require&connect_timeout=7")
    #expect(configuration.user == "us@er")
    #expect(configuration.password == "p@ss/w:r%d")
    #expect(configuration.host == "db.example" && configuration.port == "5433")
    #expect(configuration.database == "inventario retail")
    #expect(configuration.connectTimeout == .seconds(7))
    #expect(configuration.applicationName == "agente-deposito")
    #expect(configuration.description == "us@er@db.example:5433/inventario retail")
  }

  @Test("A keyword string and defaults")
  func keywords() throws {
    let configuration = try parse("host=/run/postgresql user=u password='a b' dbname=d application_name=mine")
    #expect(configuration.password == "a b" && configuration.host == "/run/postgresql")
    #expect(configuration.applicationName == "mine" && configuration.port == "5432")
    let short = try parse("postgres://u@h")
    #expect(short.password == nil && short.database == "u" && short.connectTimeout == .seconds(3))
    #expect(try parse("postgresql://u:p@[::1]:6000/d").host == "::1")
    #expect(try parse("postgresql://u:p@a:1,b:2/d").host == "a,b")
  }

  @Test(
    "What cannot be used is refused, says what to do, and quotes nothing",
    arguments: [
      "", "mysql://u:s3cr3t@h/d", "inventario", "postgresql://u:s3cr3t@h:port/d", "postgresql://u:s3cr3t@h:70000/d",
      "postgresql://u:s3@cr3t@h/d", "postgresql://u:s3cr3t/x@h/d", "postgresql://u:1/s3cr3t@h/d",
      "postgresql://u:s3cr3t%zz@h/d", "postgresql://u:s3cr3t@[::1/d", "host=h password=a s3cr3t",
      "postgresql://u:s3cr3t@h/d?nonsense=1",
    ])
  func malformed(_ text: String) throws {
    let error = #expect(throws: PostgresConfigurationError.self) { _ = try parse(text) }
    let description = try #require(error).description
    #expect(description.contains("DATABASE_URL") && description.contains("postgresql://user:password@host"))
    #expect(!description.contains("s3") && !description.contains("cr3t"))
  }
}
