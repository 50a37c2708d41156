import ExporterKit

/// Which keys are looked at: names, defaults and variables as redis_exporter 1.69 has them.
enum KeyFlags {
  static let keys = RedisFlags.value(
    "check-keys", default: "", "Patrones de claves, db0=a*,db3=b*, que se buscan con SCAN: tamaño y valor.")
  static let singleKeys = RedisFlags.value("check-single-keys", default: "", "Claves: tamaño y valor.")
  static let groups = RedisFlags.value(
    "check-key-groups", default: "", "Patrones de Lua, separados por comas, que agrupan claves.")
  static let streams = RedisFlags.value("check-streams", default: "", "Patrones de streams que se buscan con SCAN.")
  static let singleStreams = RedisFlags.value("check-single-streams", default: "", "Streams.")
  static let count = RedisFlags.value("count-keys", default: "", "Patrones de claves que se cuentan con SCAN.")
  static let batchSize = RedisFlags.value(
    "check-keys-batch-size", default: "1000", "Claves por paso de SCAN; un número grande demora a los demás clientes.")
  static let maximumGroups = RedisFlags.value(
    "max-distinct-key-groups", default: "100", "Grupos de claves por base; el resto va en overflow.")
  static let excludeConsumers = Flag(
    "streams-exclude-consumer-metrics", .toggle,
    environment: ["REDIS_EXPORTER_STREAMS_EXCLUDE_CONSUMER_METRICS"], "No exporta los consumidores de los streams.")
  static let disableValues = Flag(
    "disable-exporting-key-values", .toggle, environment: ["REDIS_EXPORTER_DISABLE_EXPORTING_KEY_VALUES"],
    "No exporta los valores de las claves.")

  static let all = [
    keys, singleKeys, groups, streams, singleStreams, count, batchSize, maximumGroups, excludeConsumers,
    disableValues,
  ]

  static let maximumBatchSize = 100_000
  static let maximumGroupsLimit = 10_000

  static func options(_ flags: FlagValues) throws(FlagMistake) -> KeyOptions {
    var options = KeyOptions()
    try read(into: &options) { flags.text($0) }
    options.groupPatterns = (flags.text(groups) ?? "").split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
    options.batchSize = try flags.integer(batchSize, in: 1...maximumBatchSize)
    options.maximumGroups = try flags.integer(maximumGroups, in: 0...maximumGroupsLimit)
    options.excludesConsumers = flags.isOn(excludeConsumers)
    options.exportsValues = !flags.isOn(disableValues)
    return options
  }

  /// Those that `/scrape` takes as parameters, too.
  static let parameters = [keys, singleKeys, streams, singleStreams, count]

  static func read(into options: inout KeyOptions, _ text: (Flag) -> String?) throws(FlagMistake) {
    options.addKeys(try KeyPlace.list(text(keys) ?? "", of: keys))
    options.singleKeys += try KeyPlace.list(text(singleKeys) ?? "", of: singleKeys)
    options.addStreams(try KeyPlace.list(text(streams) ?? "", of: streams))
    options.singleStreams += try KeyPlace.list(text(singleStreams) ?? "", of: singleStreams)
    options.countedKeys += try KeyPlace.list(text(count) ?? "", of: count)
  }
}
