import ExporterKit
import Logging
import Redis

/// Which targets a request may name, and with which credentials.
struct ProbeSettings: Sendable {
  private static let maximumTargetCharacters = 1024

  let allowed: [TargetPattern]
  let passwords: PasswordFile
  /// The main target, which may be asked for as any other.
  let main: RedisConfiguration?
  /// A user for targets that name none.
  let user: String?
  let tls: RedisConfiguration.TLS
  let clientName: String?
  let allowsKeys: Bool
  let options: RedisOptions
  let isWanted: @Sendable (any RedisCollector, RedisOptions) -> Bool
  let connectLimit: Duration
  /// Where scrapes run.
  let executor: (any TaskExecutor)?

  func configuration(of target: String) throws(ProbeRefusal) -> RedisConfiguration {
    var configuration: RedisConfiguration
    do throws(RedisError) {
      guard target.count <= Self.maximumTargetCharacters else { throw RedisError(.configuration, "too long") }
      configuration = try RedisConfiguration(url: target, tls: tls)
    } catch {
      // The reason would quote nothing, but the target may be a password on its way to a log.
      throw ProbeRefusal(status: 400, "Invalid 'target' parameter")
    }
    // A password in a request is not used: it was sent in the clear.
    configuration.password = nil
    configuration.clientName = clientName
    if let main, TargetPattern.name(of: main) == TargetPattern.name(of: configuration) || isMain(configuration, main) {
      configuration.user = main.user
      configuration.password = main.password
      return configuration
    }
    configuration.user = configuration.user ?? user
    var place = configuration
    place.user = nil
    guard passwords.names(configuration) || allowed.contains(where: { $0.matches(place) }) else {
      throw ProbeRefusal(status: 403, "the configuration does not allow this target")
    }
    configuration.password = passwords.names(configuration) ? passwords.password(for: configuration) : nil
    if configuration.password == nil { configuration.user = nil }
    return configuration
  }

  private func isMain(_ configuration: RedisConfiguration, _ main: RedisConfiguration) -> Bool {
    configuration.endpoint == main.endpoint && configuration.user == nil
      && (configuration.tls == nil) == (main.tls == nil)
  }

  /// The keys that the request names instead of those of the flags.
  func keys(_ item: (String) -> String?) throws(ProbeRefusal) -> KeyOptions {
    guard KeyFlags.parameters.contains(where: { item($0.name) != nil }) else { return options.keys }
    guard allowsKeys else { throw ProbeRefusal(status: 403, "the configuration does not allow requests to name keys") }
    var keys = options.keys
    (keys.singleKeys, keys.keyPatterns, keys.singleStreams, keys.streamPatterns, keys.countedKeys) =
      ([], [], [], [], [])
    do throws(FlagMistake) {
      try KeyFlags.read(into: &keys) { item($0.name) }
    } catch {
      throw ProbeRefusal(status: 400, "Invalid list of keys")
    }
    return keys
  }

  func source(_ configuration: RedisConfiguration, _ options: RedisOptions, _ logger: Logger) -> Scraper<RedisTarget> {
    let target = RedisTarget(configuration, options, errors: nil, connectLimit: connectLimit)
    let collectors = RedisExporterApplication.redisCollectors.filter { isWanted($0, options) }
    return Scraper(target, collectors: collectors, name: { $0.name }, executor: executor, logger: logger)
  }
}
