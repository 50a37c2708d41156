import ExporterKit
import Logging
import Redis
import Settings
import Topology

/// The exporter of a Redis server, as ExporterServer runs it.
package struct RedisExporterApplication: ExporterApplication {
  package let process = Platform.redisExporter
  package let summary = "exporta métricas de Redis a Prometheus, como redis_exporter."
  package let flags = RedisFlags.all
  package let absentFlags = RedisFlags.absent
  package let probePaths = ["/scrape", "/probe"]
  package let webEnvironment = [
    "web.listen-address": ["REDIS_EXPORTER_WEB_LISTEN_ADDRESS"],
    "web.telemetry-path": ["REDIS_EXPORTER_WEB_TELEMETRY_PATH"],
  ]
  package var collectors: [any ExporterCollector] { Self.redisCollectors }

  package init() {}

  package func translated(_ flags: FlagValues) -> [String] {
    var arguments = flags.isOn(RedisFlags.redisOnly) ? ["--web.disable-exporter-metrics"] : []
    if flags.isGiven(RedisFlags.logFormat), let format = flags.text(RedisFlags.logFormat) {
      arguments.append("--log.format=\(format == "txt" ? "logfmt" : format)")
    }
    return arguments
  }

  package func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources {
    var logger = logger
    if options.flags.isOn(RedisFlags.debug) { logger.logLevel = .debug }
    let access = try RedisAccess(options)
    let redisOptions = try RedisOptions(options.flags)
    let connectLimit = try options.flags.duration(RedisFlags.connectionTimeout)
    let enabled = options.enabledCollectors
    let isWanted: @Sendable (any RedisCollector, RedisOptions) -> Bool = { collector, options in
      enabled.contains(collector.name) || collector.isWanted(options)
    }
    let errors = RequestErrors()
    let main = access.main.map { configuration in
      Scraper(
        RedisTarget(configuration, redisOptions, errors: errors, connectLimit: connectLimit),
        collectors: Self.redisCollectors.filter { isWanted($0, redisOptions) }, name: { $0.name },
        executor: options.executor, logger: logger)
    }
    let settings = ProbeSettings(
      allowed: options.flags.list(RedisFlags.probeAllow).map { TargetPattern($0) }, passwords: access.passwords,
      main: access.main, user: options.flags.text(RedisFlags.user), tls: access.tls, clientName: access.clientName,
      allowsKeys: options.flags.isOn(RedisFlags.probeKeys), options: redisOptions, isWanted: isWanted,
      connectLimit: connectLimit, executor: options.executor)
    return ExporterSources(main: main, probe: RedisProbes(settings, errors: errors, logger: logger))
  }

  /// In the order in which they run.
  static let redisCollectors: [any RedisCollector] = [
    InfoCollector(), ConfigCollector(), SlowlogCollector(), LatencyEventsCollector(), LatencyHistogramCollector(),
    ClusterCollector(), ModulesCollector(), Tile38Collector(), ClientListCollector(), RedisSentinel(),
    KeysCollector(), StreamsCollector(), SurveyCollector(), ScriptsCollector(),
  ]
}
