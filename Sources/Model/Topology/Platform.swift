/// The platform as data.
package enum Platform {
  package static let database = "inventario_retail"
  /// Bumped when a state directory of an older version can no longer be used as it is.
  package static let stateVersion = 1
  /// How long nginx's access logs are kept; the other logs rotate by themselves.
  package static let accessLogDays = 30

  package static let postgres = PlatformProcess(
    "postgres", role: .infrastructure, port: .postgres, job: nil, readinessPath: nil, team: .platform,
    // Recovery after a crash comes before the first connection.
    limits: Limits(cpuCores: 2, memoryMebibytes: 1024, startSeconds: 120, stopSeconds: 30))

  package static let redis = PlatformProcess(
    "redis", role: .infrastructure, port: .redis, job: nil, readinessPath: nil, team: .platform,
    // It replays its append-only file first.
    limits: Limits(cpuCores: 1, memoryMebibytes: 512, startSeconds: 120, stopSeconds: 30))

  package static let deposito = PlatformProcess(
    "agente-deposito", role: .service, port: .deposito, job: .deposito, readinessPath: "/health",
    dependsOn: ["postgres"],
    variables: ownVariables + [
      Variables.databaseURL, Variables.redisURL, Variables.jwtSecretKey, Variables.jwtSecretKeyPrevious,
      Variables.jwtExpiryHours, Variables.corsOrigins, Variables.assetsDirectory,
    ],
    migrationVariables: [Variables.migrationDatabaseURL, Variables.adminPassword],
    team: .inventory, limits: Limits(cpuCores: 2, memoryMebibytes: 256))

  package static let postgresExporter = PlatformProcess(
    "postgres-exporter", role: .exporter, port: .postgresExporter, job: .postgresExporter, readinessPath: "/-/ready",
    variables: ownVariables + [Variables.databaseURL], team: .platform,
    limits: Limits(cpuCores: 0.5, memoryMebibytes: 64))

  package static let nodeExporter = PlatformProcess(
    "node-exporter", role: .exporter, port: .nodeExporter, job: .nodeExporter, readinessPath: "/-/ready",
    variables: ownVariables, team: .platform, limits: Limits(cpuCores: 0.5, memoryMebibytes: 64))

  package static let redisExporter = PlatformProcess(
    "redis-exporter", role: .exporter, port: .redisExporter, job: .redisExporter, readinessPath: "/-/ready",
    variables: ownVariables + [Variables.redisURL], team: .platform, limits: Limits(cpuCores: 0.5, memoryMebibytes: 64))

  package static let alertmanager = PlatformProcess(
    "alertmanager", role: .infrastructure, port: .alertmanager, job: .alertmanager, readinessPath: "/-/ready",
    team: .platform, limits: Limits(cpuCores: 0.5, memoryMebibytes: 128))

  package static let prometheus = PlatformProcess(
    "prometheus", role: .infrastructure, port: .prometheus, job: .prometheus, readinessPath: "/-/ready",
    dependsOn: ["alertmanager"], team: .platform,
    // It replays its write-ahead log first.
    limits: Limits(cpuCores: 1, memoryMebibytes: 1024, startSeconds: 120, stopSeconds: 30))

  package static let nginx = PlatformProcess(
    "nginx", role: .infrastructure, port: .nginxHTTP, job: nil, readinessPath: "/health",
    dependsOn: ["agente-deposito"],
    team: .platform, limits: Limits(cpuCores: 1, memoryMebibytes: 128))

  /// In the order in which they are started.
  package static let processes = [
    postgres, redis, deposito, postgresExporter, redisExporter, nodeExporter, alertmanager, prometheus, nginx,
  ]

  package static var services: [PlatformProcess] { processes.filter { $0.role == .service } }

  package static func process(of job: Job) -> PlatformProcess? { processes.first { $0.job == job } }

  private static let ownVariables = [
    Variables.bindAddress, Variables.logLevel, Variables.logDirectory, Variables.lokiURL, Variables.lokiTenant,
    Variables.lokiToken, Variables.revision,
  ]
}
