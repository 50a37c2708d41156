// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds the platform builds this. scripts/bench.sh builds and runs it.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "MiniMarketBenchmarks",
  dependencies: [
    .package(name: "MiniMarket", path: ".."),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
  ],
  targets: [
    .target(name: "CAllocations"),
    .executableTarget(
      name: "telemetry-bench",
      dependencies: [
        "CAllocations", .product(name: "Telemetry", package: "MiniMarket"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .executableTarget(name: "exporter-bench", swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
