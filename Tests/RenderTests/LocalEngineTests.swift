import Render
import Testing
import Topology

/// What the local engine is started from, derived from Topology.
@Suite struct LocalEngineTests {
  private func files(
    values: [String: String] = [:], serviceUser: String? = "minimarket", hasExternalDatabase: Bool = false,
    hasExternalRedis: Bool = false
  ) throws -> [String: RenderedFile] {
    let layout = LocalLayout(
      stateDirectory: "/srv/mm", socketDirectory: "/srv/mm/run", serviceUser: serviceUser, databaseUser: "minimarket")
    let stack = Stack(engine: .local, ports: ["DEPOSITO": 18_001], stateDirectory: "/srv/mm")
    let engine = LocalEngine(
      stack: stack, layout: layout, values: values, hasExternalDatabase: hasExternalDatabase,
      hasExternalRedis: hasExternalRedis, monitoring: [])
    return Dictionary(uniqueKeysWithValues: try engine.files().map { ($0.path, $0) })
  }

  private func lines(_ name: String, in files: [String: RenderedFile]) throws -> [String] {
    try #require(files[name]).contents.split(separator: "\n").map(String.init)
  }

  @Test func everyProcessIsAProgramInStartingOrder() throws {
    let files = try files()
    let programs = try lines("programs.tsv", in: files).map { $0.split(separator: "\t").map(String.init) }
    #expect(programs.map(\.first) == Platform.processes.map(\.name))
    #expect(programs.allSatisfy { $0.count == 10 })
    for process in Platform.processes {
      #expect(try lines("supervisord.conf", in: files).contains("[program:\(process.name)]"))
    }
  }

  @Test func aServingProcessDoesNotGetWhatOnlyMigrates() throws {
    let files = try files()
    let supervisor = try #require(files["supervisord.conf"]).contents
    for variable in Platform.deposito.migrationVariables { #expect(!supervisor.contains(variable.name)) }
    let row = try #require(try lines("programs.tsv", in: files).first { $0.hasPrefix("agente-deposito\t") })
    #expect(row.hasSuffix("\tsecrets/agente-deposito.MIGRATION_DATABASE_URL,secrets/ADMIN_PASSWORD"))
    #expect(row.split(separator: "\t")[6].contains("secrets/JWT_SECRET_KEY"))
  }

  @Test func anOptionalSecretIsNamedWhereItIsGiven() throws {
    let layout = LocalLayout(
      stateDirectory: "/srv/mm", socketDirectory: "/srv/mm/run", serviceUser: nil, databaseUser: "ana")
    func supervisor(absent: Set<Variable>) throws -> String {
      let engine = LocalEngine(
        stack: Stack(engine: .local, stateDirectory: "/srv/mm"), layout: layout, values: [:],
        hasExternalDatabase: false,
        absentSecrets: absent, monitoring: [])
      return try #require(try engine.files().first { $0.path == "supervisord.conf" }).contents
    }
    #expect(try supervisor(absent: []).contains("LOKI_URL_FILE=\"/srv/mm/secrets/LOKI_URL\""))
    #expect(try !supervisor(absent: [Variables.lokiURL]).contains("LOKI_URL"))
  }

  @Test func oldAccessLogsAreDeletedBySupervisord() throws {
    let supervisor = try #require(try files()["supervisord.conf"]).contents
    let cleaner = try #require(supervisor.split(separator: "[program:").first { $0.hasPrefix("log-cleaner]") })
    #expect(cleaner.contains("find /srv/mm/logs -maxdepth 1 -name 'nginx-access-*.log' -mtime +30 -delete"))
    #expect(!cleaner.contains("autostart=false"))
  }

  @Test func restartsAreCountedForEveryProgramByTheServiceUser() throws {
    let supervisor = try #require(try files()["supervisord.conf"]).contents
    let counter = try #require(supervisor.split(separator: "[eventlistener:").dropFirst().first)
    let names = Platform.processes.map(\.name).joined(separator: " ")
    #expect(counter.contains("count-restarts --file /srv/mm/textfile/process_restarts.prom \(names)\n"))
    #expect(counter.contains("\nevents=PROCESS_STATE_STARTING,TICK_60\n") && counter.contains("\nuser=minimarket\n"))
    #expect(!counter.contains("autostart=false"))
    let foreign = try #require(try files(hasExternalDatabase: true)["supervisord.conf"]).contents
    #expect(!foreign.contains(" postgres redis "))
  }

  /// What the alert on restarts makes of a program's name is its job's.
  @Test func aProgramIsNamedLikeItsJob() {
    for process in Platform.processes {
      #expect(process.name.filter { $0 == "-" }.count <= 1)
      if let job = process.job { #expect(process.name.replacing("-", with: "_") == job.rawValue) }
    }
    for service in PlannedService.all { #expect(service.name.replacing("-", with: "_") == service.job.rawValue) }
  }

  @Test func monitoringListensOnLoopbackAlone() throws {
    let layout = LocalLayout(
      stateDirectory: "/srv/mm", socketDirectory: "/srv/mm/run", serviceUser: nil, databaseUser: "ana")
    let engine = LocalEngine(
      stack: Stack(engine: .local, bindAddress: "0.0.0.0", stateDirectory: "/srv/mm"), layout: layout,
      values: ["BIND_ADDRESS": "0.0.0.0"], hasExternalDatabase: false, monitoring: [])
    let supervisor = try #require(try engine.files().first { $0.path == "supervisord.conf" }).contents
    #expect(supervisor.contains("--web.listen-address=127.0.0.1:9090"))
    #expect(supervisor.contains("--web.listen-address=127.0.0.1:9093"))
    #expect(supervisor.contains(#"BIND_ADDRESS="0.0.0.0""#))
  }

  @Test func nothingButSupervisordRunsAsRoot() throws {
    let text = try #require(try files()["supervisord.conf"]).contents
    for section in text.split(separator: "[program:").dropFirst() {
      #expect(section.contains("\nuser=minimarket\n") || section.contains("--reuid=minimarket "), "\(section)")
    }
    #expect(text.split(separator: "user=root").count == 2)
    #expect(try files(serviceUser: nil)["supervisord.conf"]?.contents.contains("user=") == false)
  }

  @Test func secretsAreFilesInTheProcessEnvironment() throws {
    let text = try #require(try files()["supervisord.conf"])
    #expect(text.isSecret)
    for variable in Variables.all where variable.isSecret {
      #expect(!text.contents.contains("\(variable.name)=\""), "\(variable.name)")
    }
    #expect(text.contents.contains("DATABASE_URL_FILE=\"/srv/mm/secrets/agente-deposito.DATABASE_URL\""))
    #expect(text.contents.contains("DATABASE_URL_FILE=\"/srv/mm/secrets/postgres-exporter.DATABASE_URL\""))
    #expect(text.contents.contains("REDIS_URL_FILE=\"/srv/mm/secrets/redis-exporter.REDIS_URL\""))
  }

  @Test func anExternalDatabaseIsNotStarted() throws {
    let files = try files(hasExternalDatabase: true)
    #expect(files["postgresql.conf"] == nil && files["bootstrap.sql"] == nil)
    #expect(try !lines("programs.tsv", in: files).contains { $0.hasPrefix("postgres\t") })
  }

  @Test func anExternalRedisIsNotStarted() throws {
    let files = try files(hasExternalRedis: true)
    #expect(files["redis.conf"] == nil && files["redis-users.tsv"] == nil)
    let programs = try lines("programs.tsv", in: files)
    #expect(!programs.contains { $0.hasPrefix("redis\t") } && programs.contains { $0.hasPrefix("redis-exporter\t") })
    #expect(files["postgresql.conf"] != nil)
  }

  @Test func redisKeepsEveryWriteOnLoopback() throws {
    let files = try files()
    let settings = try lines("redis.conf", in: files)
    for line in [
      "bind 127.0.0.1", "port 6379", "protected-mode yes", "appendonly yes", "appendfsync everysec",
      "maxmemory-policy volatile-lru", "dir /srv/mm/data/redis", "aclfile /srv/mm/secrets/redis.acl",
    ] {
      #expect(settings.contains(line), "\(line)")
    }
    // Another user or password takes a restart.
    let row = try #require(try lines("programs.tsv", in: files).first { $0.hasPrefix("redis\t") })
    #expect(row.contains("\tredis\tREDIS_PORT\t6379\t") && row.contains("\tconfig/redis.conf,secrets/redis.acl\t"))
  }

  @Test func theExporterOfRedisReachesNoKey() throws {
    let users = try lines("redis-users.tsv", in: try files()).map { $0.split(separator: "\t").map(String.init) }
    #expect(users.map { $0.first } == ["default", "redis_exporter", "deposito"] && users.allSatisfy { $0.count == 4 })
    #expect(users[1][1...2] == ["secrets/redis.redis_exporter.password", "secrets/redis-exporter.REDIS_URL"])
    #expect(users[2][1...2] == ["secrets/redis.deposito.password", "secrets/agente-deposito.REDIS_URL"])
    #expect(users[2][3].contains(" ~minimarket:deposito:* ") && !users[2][3].contains("+@all"))
    let rights = users[1][3].split(separator: " ")
    #expect(rights.starts(with: ["resetkeys", "resetchannels", "-@all"]))
    #expect(rights.contains("+info") && rights.contains("+config|get"))
    #expect(!rights.contains { $0.hasPrefix("~") || $0.hasPrefix("+@") || $0 == "+config" })
  }

  @Test func nodeExporterSeesTheProgramsOfThisStack() throws {
    let supervisor = try #require(try files()["supervisord.conf"]).contents
    #expect(supervisor.contains("\npidfile=/srv/mm/run/supervisord.pid\n"))
    #expect(
      supervisor.contains(
        "/srv/mm/bin/node-exporter --collector.containers.supervised=/srv/mm/run/supervisord.pid"
          + " --collector.textfile.directory=/srv/mm/textfile\n"))
  }

  @Test func portsAndValuesArriveWhereTheyAreRead() throws {
    let files = try files(values: ["LOG_LEVEL": "debug", "CORS_ORIGINS": "https://a.com,https://b.com/%7E"])
    let supervisor = try #require(files["supervisord.conf"]).contents
    #expect(supervisor.contains(#"DEPOSITO_PORT="18001",BIND_ADDRESS="127.0.0.1",LOG_LEVEL="debug""#))
    #expect(supervisor.contains(#"CORS_ORIGINS="https://a.com,https://b.com/%%7E""#))
    #expect(try #require(files["nginx.conf"]).contents.contains("server 127.0.0.1:18001 max_fails=0;"))
  }

  @Test(arguments: ["a\"b", "a'b", "a;b", "a #b", "a\nb"])
  func aValueThatSupervisordWouldMisreadIsRefused(_ value: String) {
    #expect(throws: LocalEngineError.self) { try files(values: ["CORS_ORIGINS": value]) }
  }

  /// What the links of a message begin with; the server itself answers on loopback, whatever people call it.
  @Test func peopleReachTheMonitoringByTheAddressThatTheyGive() throws {
    let own = try #require(try files()["supervisord.conf"]).contents
    #expect(own.contains(" --web.external-url=http://localhost:9093 "))
    let address = "https://alertas.tienda.example"
    let given = try #require(try files(values: ["ALERTMANAGER_URL": address])["supervisord.conf"]).contents
    #expect(given.contains(" --web.external-url=\(address) "))
    #expect(given.contains(" --web.external-url=http://localhost:9090 "))
    #expect(given.contains(" --web.listen-address=127.0.0.1:9093 --web.route-prefix=/ "))
    for wrong in ["https://a.example/%7Ex", "https://a.example/\"", "https://a.example/;b", "https://a.example/#b"] {
      #expect(throws: LocalEngineError.self) { try files(values: ["ALERTMANAGER_URL": wrong]) }
    }
  }

  @Test func theTemplateNamesEveryVariableAndMarksSecrets() {
    let text = EnvironmentTemplate.file().contents
    for variable in Variables.all {
      #expect(text.contains("\(variable.isSecret ? "(secreto) " : "# ")\(variable.help)\n"), "\(variable.name)")
      #expect(text.contains("\(variable.isOptional ? "#" : "\n")\(variable.name)="), "\(variable.name)")
    }
    for process in Platform.processes {
      #expect(text.contains("#\(process.port.variable.name)=\(process.port.number)  # \(process.name)\n"))
    }
  }
}
