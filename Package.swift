// swift-tools-version: 6.2
import PackageDescription

// The house, readable top to bottom. A target may import what stands in its `uses` and nothing else:
//
//   Services, Exporters → Drivers → Telemetry → MetricModel      all that record or ask → Catalog → MetricModel
//   whoever needs a port, a name or a variable → Topology, Settings      Monitoring → Catalog, Topology

// MARK: Model: no dependency at all

let metricModel = library("MetricModel", in: "Model")
let topology = library("Topology", in: "Model")
let settings = library("Settings", in: "Model", uses: ["Topology"])
let decimal = library("Decimal", in: "Model")
let json = library("JSON", in: "Model")

// MARK: Catalog: what the platform can say about itself

let catalog = library("Catalog", uses: ["MetricModel"])

// MARK: Telemetry: neither NIO nor Foundation in the core

let threadSlot = Target.target(name: "CThreadSlot", path: "Sources/Telemetry/CThreadSlot")
let malloc = Target.systemLibrary(name: "CMalloc", path: "Sources/Telemetry/CMalloc")
let zlib = Target.systemLibrary(
  name: "CZlib", path: "Sources/Drivers/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])])
let zstd = Target.systemLibrary(
  name: "CZstd", path: "Sources/Drivers/CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])])
let compression = library("Compression", in: "Telemetry", uses: ["CZlib", "CZstd"])
let telemetry = library(
  "Telemetry", in: "Telemetry", uses: ["CMalloc", "CThreadSlot", "Compression", "MetricModel", .logging])
let telemetryHTTP = library(
  "TelemetryHTTP", in: "Telemetry",
  uses: ["Compression", "Telemetry", .logging, .lifecycle, .nioCore, .nioHTTP1, .nioPosix])
let telemetryLoki = library(
  "TelemetryLoki", in: "Telemetry",
  uses: ["CSnappy", "Telemetry", .logging, .nioCore, .nioHTTP1, .nioPosix, .nioSSL])
let swiftMetricsBackend = library(
  "SwiftMetricsBackend", in: "Telemetry", uses: ["MetricModel", "Telemetry", .coreMetrics])
let telemetryTracing = library("TelemetryTracing", in: "Telemetry", uses: ["Telemetry", .instrumentation, .logging])
let telemetryTesting = library("TelemetryTesting", in: "Telemetry", uses: ["Telemetry"])
let processTelemetry = library(
  "ProcessTelemetry", in: "Telemetry",
  uses: [
    "Catalog", "MetricModel", "Settings", "SwiftMetricsBackend", "Systemd", "Telemetry", "TelemetryLoki",
    "TelemetryTracing", "Topology", .coreMetrics, .logging, .lifecycle,
  ])

// MARK: Drivers: a C module and its Swift sibling

let libpq = Target.systemLibrary(
  name: "CLibpq", path: "Sources/Drivers/CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])])
let argon2C = Target.systemLibrary(
  name: "CArgon2", path: "Sources/Drivers/CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])])
let linuxC = Target.systemLibrary(name: "CLinux", path: "Sources/Drivers/CLinux")
let libsystemd = Target.systemLibrary(
  name: "CSystemd", path: "Sources/Drivers/CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])])
let snappyC = Target.systemLibrary(
  name: "CSnappy", path: "Sources/Drivers/CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])])
let yamlC = Target.systemLibrary(
  name: "CLibyaml", path: "Sources/Drivers/CLibyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])])
let cryptC = Target.systemLibrary(
  name: "CCrypt", path: "Sources/Drivers/CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])])
let postgres = library("Postgres", in: "Drivers", uses: ["CLibpq", .logging, .lifecycle])
let hiredis = Target.systemLibrary(
  name: "CHiredis", path: "Sources/Drivers/CHiredis", providers: [.apt(["libhiredis-dev"])])
let redis = library("Redis", in: "Drivers", uses: ["CHiredis", .nioCore, .nioPosix, .nioSSL])
let argon2 = library("Argon2", in: "Drivers", uses: ["CArgon2"])
let systemBus = library("SystemBus", in: "Drivers", uses: ["CSystemd"])
let systemd = library("Systemd", in: "Drivers", uses: ["CSystemd", "Telemetry", .logging, .lifecycle])
let yaml = library("Yaml", in: "Drivers", uses: ["CLibyaml"])
let digests = library("Digests", in: "Drivers")
let bcrypt = library("Bcrypt", in: "Drivers", uses: ["CCrypt", "Digests"])

// MARK: Exporters: never full Foundation, Hummingbird or AsyncHTTPClient

let exporterKit = library(
  "ExporterKit", in: "Exporters",
  uses: [
    "Catalog", "MetricModel", "Settings", "Telemetry", "Topology", .logging,
  ])
let exporterServer = library(
  "ExporterServer", in: "Exporters",
  uses: [
    "Bcrypt", "CLinux", "ExporterKit", "ProcessTelemetry", "Settings", "Systemd", "Telemetry", "TelemetryHTTP",
    "Topology", "Yaml",
    .logging, .lifecycle, .nioCore, .nioPosix, .nioSSL, .nioTLS, .signals,
  ])
let postgresExporter = library(
  "PostgresExporter", in: "Exporters",
  uses: [
    "Catalog", "Digests", "ExporterKit", "MetricModel", "Postgres", "Settings", "Telemetry", "Topology", "Yaml",
    .logging,
  ])
let postgresExporterMain = executable(
  "postgres-exporter", in: "Exporters", uses: ["ExporterServer", "PostgresExporter"])
let redisExporter = library(
  "RedisExporter", in: "Exporters",
  uses: ["Catalog", "ExporterKit", "MetricModel", "Redis", "Settings", "Telemetry", "Topology", .logging])
let redisExporterMain = executable(
  "redis-exporter", in: "Exporters", uses: ["ExporterServer", "RedisExporter"])
let nodeExporter = library(
  "NodeExporter", in: "Exporters",
  uses: ["CLinux", "Catalog", "ExporterKit", "JSON", "MetricModel", "SystemBus", "Telemetry", "Topology", .logging])
let nodeExporterMain = executable("node-exporter", in: "Exporters", uses: ["ExporterServer", "NodeExporter"])

// MARK: Services: they meet through HTTP, never by import

let serviceKit = library(
  "ServiceKit", in: "Services",
  uses: [
    "Catalog", "Compression", "Decimal", "JSON", "MetricModel", "ProcessTelemetry", "Redis", "Settings", "Telemetry",
    "TelemetryHTTP", "TelemetryTracing", "Topology", .crypto, .httpTypes, .hummingbird, .hummingbirdCore, .jwtKit,
    .lifecycle, .logging, .nioCore, .signals,
  ])
let events = library(
  "Events", in: "Services", uses: ["Catalog", "MetricModel", "Redis", "Telemetry", .lifecycle, .logging])
let deposito = library(
  "Deposito", in: "Services",
  uses: [
    "Argon2", "Catalog", "Decimal", "Events", "JSON", "MetricModel", "Postgres", "ProcessTelemetry", "Redis",
    "ServiceKit", "Settings", "Telemetry", "TelemetryHTTP", "Topology", .hummingbird, .lifecycle, .logging,
  ],
  resources: [.embedInCode("Migrations")])
let depositoMain = executable("agente-deposito", in: "Services", uses: ["Deposito"])

// MARK: Monitoring: alerts, dashboards, routing and runbooks as values

let promQL = library("PromQL", in: "Monitoring", uses: ["MetricModel"])
let recording = library("Recording", in: "Monitoring", uses: ["Catalog", "MetricModel", "PromQL", "Topology"])
let alerts = library(
  "Alerts", in: "Monitoring", uses: ["Catalog", "MetricModel", "PromQL", "Recording", "Topology"])
let grafana = library(
  "Grafana", in: "Monitoring", uses: ["Alerts", "Catalog", "MetricModel", "PromQL", "Recording", "Topology"])
let routing = library("Routing", in: "Monitoring", uses: ["Alerts", "PromQL", "Topology"])
let runbooks = library("Runbooks", in: "Monitoring", uses: ["Alerts", "Catalog", "PromQL", "Topology"])
let render = library(
  "Render", in: "Monitoring",
  uses: [
    "Alerts", "Catalog", "Grafana", "MetricModel", "PromQL", "Recording", "Routing", "Runbooks", "Topology", .yams,
  ])
// What drives a platform from outside: processes, loopback HTTP, a Slack that judges. The tests' support is built on it.
let harness = library("Harness", in: "Monitoring")
let drills = library(
  "Drills", in: "Monitoring",
  uses: ["Alerts", "Harness", "PromQL", "Recording", "Render", "Routing", "Topology"])
let preview = library("Preview", in: "Monitoring", uses: ["Alerts", "Grafana", "PromQL", "Topology"])
let cli = library(
  "CLI", in: "Monitoring",
  uses: [
    "Alerts", "Catalog", "Drills", "Grafana", "MetricModel", "Preview", "PromQL", "Render", "Topology",
    .argumentParser,
  ])
let observability = executable("observability", in: "Monitoring", uses: ["CLI"])

// MARK: Tests: real servers, built binaries, public interfaces

let tests: [Target] = [
  .target(name: "TestSupport", dependencies: ["Harness"], path: "Tests/Support", swiftSettings: ourSettings()),
  testing("MetricModelTests", uses: ["Catalog", "MetricModel"]),
  testing(
    "TelemetryTests",
    uses: [
      "Catalog", "MetricModel", "ProcessTelemetry", "Settings", "Telemetry", "TelemetryHTTP", "Topology", .logging,
    ]),
  testing("CompressionTests", uses: ["Compression"]),
  testing("SwiftMetricsBackendTests", uses: ["MetricModel", "SwiftMetricsBackend", "Telemetry", .coreMetrics]),
  testing(
    "TelemetryTracingTests", uses: ["MetricModel", "Telemetry", "TelemetryTracing", .instrumentation, .logging]),
  testing("TelemetryTestingTests", uses: ["MetricModel", "Telemetry", "TelemetryTesting"]),
  testing("DecimalTests", uses: ["Decimal"]),
  testing("JSONTests", uses: ["JSON"]),
  testing("SettingsTests", uses: ["Settings", "Topology"]),
  testing("PostgresTests", uses: ["Postgres", .logging]),
  .executableTarget(
    name: "systemd-probe", dependencies: ["Systemd", "Telemetry", .logging, .lifecycle, .signals],
    path: "Tests/SystemdProbe", swiftSettings: ourSettings()),
  testing("SystemdTests", uses: ["Systemd"]),
  testing("SystemBusTests", uses: ["CSystemd", "SystemBus"]),
  testing("YamlTests", uses: ["Yaml"]),
  testing("BcryptTests", uses: ["Bcrypt"]),
  testing("DigestsTests", uses: ["Digests"]),
  testing(
    "TelemetryHTTPTests",
    uses: [
      "Catalog", "MetricModel", "ProcessTelemetry", "Telemetry", "TelemetryHTTP", .logging, .nioCore, .nioHTTP1,
      .nioPosix,
    ]),
  testing("TelemetryLokiTests", uses: ["Telemetry", "TelemetryLoki", .logging]),
  testing("ExporterKitTests", uses: ["Catalog", "ExporterKit", "MetricModel", "Telemetry", .logging]),
  testing(
    "NodeExporterTests",
    uses: [
      "CLinux", "Catalog", "ExporterKit", "JSON", "MetricModel", "NodeExporter", "Settings", "SystemBus", "Telemetry",
      .logging,
    ]),
  testing(
    "ExporterServerTests",
    uses: [
      "Bcrypt", "CLinux", "ExporterKit", "ExporterServer", "MetricModel", "Settings", "Telemetry", "TelemetryHTTP",
      "Topology", "Yaml", .logging, .nioSSL,
    ]),
  testing("Conformance"),
  testing(
    "PostgresExporterTests",
    uses: [
      "Catalog", "ExporterKit", "MetricModel", "Postgres", "PostgresExporter", "Settings", "Telemetry", "Yaml",
      .logging,
    ]),
  testing("RedisTests", uses: ["Redis"]),
  testing(
    "RedisExporterTests",
    uses: ["ExporterKit", "MetricModel", "Redis", "RedisExporter", "Settings", "Telemetry", .logging]),
  testing("DepositoTests", uses: ["Decimal", "Deposito", "ServiceKit"]),
  testing(
    "EventsTests", uses: ["Catalog", "Events", "MetricModel", "Redis", "Telemetry", .lifecycle, .logging]),
  testing("PromQLTests", uses: ["Catalog", "MetricModel", "PromQL"]),
  testing("AlertsTests", uses: ["Alerts", "PromQL", "Recording", "Render", "Routing", "Runbooks", "Topology"]),
  testing(
    "RenderTests",
    uses: [
      "Alerts", "Catalog", "Grafana", "MetricModel", "PromQL", "Recording", "Render", "Routing", "Runbooks", "Topology",
      .yams,
    ]),
  testing("DrillsTests", uses: ["Alerts", "Drills", "PromQL", "Render", "Topology"]),
  testing("PreviewTests", uses: ["Catalog", "Grafana", "Preview", "PromQL", "Topology"]),
  testing("Tidy"),
  testing("EndToEnd", uses: ["Grafana", "MetricModel", "PromQL", "Topology"]),
]

let package = Package(
  name: "MiniMarket",
  products: [
    .executable(name: "agente-deposito", targets: ["agente-deposito"]),
    .executable(name: "node-exporter", targets: ["node-exporter"]),
    .executable(name: "postgres-exporter", targets: ["postgres-exporter"]),
    .executable(name: "redis-exporter", targets: ["redis-exporter"]),
    .executable(name: "observability", targets: ["observability"]),
    .library(name: "Telemetry", targets: ["MetricModel", "Telemetry"]),
    .library(name: "TelemetryHTTP", targets: ["TelemetryHTTP"]),
    .library(name: "TelemetryLoki", targets: ["TelemetryLoki"]),
    .library(name: "Systemd", targets: ["Systemd"]),
    .library(name: "SwiftMetricsBackend", targets: ["SwiftMetricsBackend"]),
    .library(name: "TelemetryTracing", targets: ["TelemetryTracing"]),
    .library(name: "TelemetryTesting", targets: ["TelemetryTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.7.3"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.0"),
    .package(url: "https://github.com/apple/swift-crypto.git", "3.12.3"..<"5.0.0"),
  ],
  targets: [metricModel, topology, settings, decimal, json, catalog]
    + [threadSlot, malloc, zlib, zstd, compression, telemetry, processTelemetry, telemetryHTTP, telemetryLoki]
    + [swiftMetricsBackend, telemetryTracing, telemetryTesting]
    + [libpq, postgres, hiredis, redis, argon2C, argon2, libsystemd, systemBus, systemd, snappyC, linuxC]
    + [yamlC, yaml, cryptC, digests, bcrypt]
    + [exporterKit, exporterServer, postgresExporter, postgresExporterMain, nodeExporter, nodeExporterMain]
    + [redisExporter, redisExporterMain]
    + [serviceKit, events, deposito, depositoMain]
    + [promQL, recording, alerts, grafana, routing, runbooks, render, harness, drills, preview, cli, observability]
    + tests,
  swiftLanguageModes: [.v6]
)

// MARK: How a target is written

extension Target.Dependency {
  static var argumentParser: Self { .product(name: "ArgumentParser", package: "swift-argument-parser") }
  static var coreMetrics: Self { .product(name: "CoreMetrics", package: "swift-metrics") }
  static var httpTypes: Self { .product(name: "HTTPTypes", package: "swift-http-types") }
  static var hummingbird: Self { .product(name: "Hummingbird", package: "hummingbird") }
  static var hummingbirdCore: Self { .product(name: "HummingbirdCore", package: "hummingbird") }
  static var instrumentation: Self { .product(name: "Instrumentation", package: "swift-distributed-tracing") }
  static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
  static var jwtKit: Self { .product(name: "JWTKit", package: "jwt-kit") }
  static var lifecycle: Self { .product(name: "ServiceLifecycle", package: "swift-service-lifecycle") }
  static var logging: Self { .product(name: "Logging", package: "swift-log") }
  static var nioCore: Self { .product(name: "NIOCore", package: "swift-nio") }
  static var nioHTTP1: Self { .product(name: "NIOHTTP1", package: "swift-nio") }
  static var nioPosix: Self { .product(name: "NIOPosix", package: "swift-nio") }
  static var nioTLS: Self { .product(name: "NIOTLS", package: "swift-nio") }
  static var nioSSL: Self { .product(name: "NIOSSL", package: "swift-nio-ssl") }
  static var signals: Self { .product(name: "UnixSignals", package: "swift-service-lifecycle") }
  static var yams: Self { .product(name: "Yams", package: "Yams") }
}

/// `MemberImportVisibility` makes an arrow that is not declared an error, even through a third target.
/// `scripts/test.sh` turns warnings into errors; elsewhere a newer compiler's warning must not stop a deployment.
func ourSettings() -> [SwiftSetting] {
  let strict: [SwiftSetting] = Context.environment["WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : []
  return [.enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("ExistentialAny")] + strict
}

func library(
  _ name: String, in group: String = "", uses: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: uses, path: group.isEmpty ? "Sources/\(name)" : "Sources/\(group)/\(name)",
    resources: resources, swiftSettings: ourSettings())
}

func executable(_ name: String, in group: String, uses: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: uses, path: "Sources/\(group)/\(name)", swiftSettings: ourSettings())
}

func testing(_ name: String, uses: [Target.Dependency] = []) -> Target {
  .testTarget(name: name, dependencies: uses + ["TestSupport"], path: "Tests/\(name)", swiftSettings: ourSettings())
}
