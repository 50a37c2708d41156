import ExporterKit

/// What the flags say about scrapes, beside the address.
struct RedisOptions: Sendable, Hashable {
  /// A script of the operator's.
  struct Script: Sendable, Hashable {
    /// As the flag names it.
    let file: String
    let text: String
  }

  /// What every name begins with.
  var namespace = Self.defaultNamespace
  /// How the server calls CONFIG; nil to leave it alone.
  var configCommand: String? = "CONFIG"
  var includesSystemMetrics = false
  var includesConfigMetrics = false
  var includesModules = false
  var excludesLatencyHistogram = false
  var exportsClientList = false
  var exportsClientPort = false
  var isTile38 = false
  var pingsOnConnect = false
  var keys = KeyOptions()
  var scripts: [Script] = []

  static let defaultNamespace = "redis"
}

/// Which keys are looked at.
struct KeyOptions: Sendable, Hashable {
  var singleKeys: [KeyPlace] = []
  var keyPatterns: [KeyPlace] = []
  var singleStreams: [KeyPlace] = []
  var streamPatterns: [KeyPlace] = []
  var countedKeys: [KeyPlace] = []
  /// Lua patterns.
  var groupPatterns: [String] = []
  var maximumGroups = 100
  /// Keys a step of SCAN.
  var batchSize = 1000
  var exportsValues = true
  var excludesConsumers = false
  /// Keys may be on any node of a cluster, so that those that are named are looked for as the others are.
  var areInCluster = false

  var needsScan: Bool {
    let hasPatterns = !(keyPatterns.isEmpty && streamPatterns.isEmpty && countedKeys.isEmpty && groupPatterns.isEmpty)
    return hasPatterns || areInCluster && !(singleKeys.isEmpty && singleStreams.isEmpty)
  }

  /// Adds what `--check-keys` or the like names: patterns to be scanned for, and what is none to the single ones.
  mutating func addKeys(_ places: [KeyPlace]) {
    keyPatterns += places.filter(\.isPattern)
    singleKeys += places.filter { !$0.isPattern }
  }

  mutating func addStreams(_ places: [KeyPlace]) {
    streamPatterns += places.filter(\.isPattern)
    singleStreams += places.filter { !$0.isPattern }
  }
}
