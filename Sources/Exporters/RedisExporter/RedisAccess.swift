import ExporterKit
import Redis
import Settings
import Topology

/// Where the server is and who we are there, as flags and environment say it. It holds secrets and shows none.
struct RedisAccess {
  /// nil where only targets of requests are scraped.
  let main: RedisConfiguration?
  let passwords: PasswordFile
  let tls: RedisConfiguration.TLS
  let clientName: String?

  /// What the address leaves open, the flags say. Reads files, blocking.
  init(_ options: ExporterOptions) throws {
    let flags = options.flags
    guard (flags.text(RedisFlags.tlsCertificate) == nil) == (flags.text(RedisFlags.tlsKey) == nil) else {
      throw FlagMistake("--tls-client-cert-file y --tls-client-key-file van juntas")
    }
    tls = RedisConfiguration.TLS(
      authorityFile: flags.text(RedisFlags.tlsAuthority), certificateFile: flags.text(RedisFlags.tlsCertificate),
      keyFile: flags.text(RedisFlags.tlsKey), skipsVerification: flags.isOn(RedisFlags.skipVerification))
    clientName = flags.isOn(RedisFlags.setClientName) ? "redis_exporter" : nil
    let password = flags.text(RedisFlags.password)
    // As theirs: a password that is given makes the file superfluous.
    let file = password == nil ? flags.text(RedisFlags.passwordFile) : nil
    passwords = try file.map { path throws(RedisError) in try PasswordFile(path: path) } ?? .none
    guard let address = try Self.address(options) else {
      main = nil
      return
    }
    var configuration: RedisConfiguration
    do {
      configuration = try RedisConfiguration(url: address, tls: tls)
      try configuration.checkTLSFiles()
    } catch {
      throw SettingsError(Variables.redisURL, "no se puede usar: \(error)", remedy: "corregila, o --redis.addr")
    }
    configuration.user = configuration.user ?? flags.text(RedisFlags.user)
    configuration.password = configuration.password ?? passwords.password(for: configuration) ?? password
    configuration.clientName = clientName
    main = configuration
  }

  /// `--redis.addr` or its variable where given, else ours, else the default; nil where it is given empty.
  private static func address(_ options: ExporterOptions) throws -> String? {
    if options.flags.isGiven(RedisFlags.address) { return options.flags.text(RedisFlags.address) }
    return try options.settings.optional(Variables.redisURL) ?? RedisFlags.address.defaultValue
  }
}

extension RedisOptions {
  init(_ flags: FlagValues) throws(FlagMistake) {
    self.init()
    namespace = flags.text(RedisFlags.namespace) ?? namespace
    configCommand = flags.text(RedisFlags.configCommand).flatMap { $0 == "-" ? nil : $0 }
    includesSystemMetrics = flags.isOn(RedisFlags.includeSystem)
    includesConfigMetrics = flags.isOn(RedisFlags.includeConfig)
    includesModules = flags.isOn(RedisFlags.includeModules)
    excludesLatencyHistogram = flags.isOn(RedisFlags.excludeLatencyHistogram)
    exportsClientList = flags.isOn(RedisFlags.exportClientList)
    exportsClientPort = flags.isOn(RedisFlags.exportClientPort)
    isTile38 = flags.isOn(RedisFlags.isTile38)
    pingsOnConnect = flags.isOn(RedisFlags.pingOnConnect)
    keys = try KeyFlags.options(flags)
    keys.areInCluster = flags.isOn(RedisFlags.isCluster)
    for file in (flags.text(RedisFlags.script) ?? "").split(separator: ",").map(\.trimmed) where !file.isEmpty {
      do {
        scripts.append(Script(file: file, text: try FileReader.contents(of: file)))
      } catch {
        throw FlagMistake("--script: no se puede leer \(file): \(error)")
      }
    }
  }
}
