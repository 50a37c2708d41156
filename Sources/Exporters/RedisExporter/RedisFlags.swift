import ExporterKit

/// The flags of redis_exporter 1.69, with its names, defaults and variables, and two of our own (`probe.…`).
enum RedisFlags {
  static let address = Flag(
    "redis.addr", placeholder: "URL", default: "redis://localhost:6379", environment: ["REDIS_ADDR"],
    "Servidor: redis://[usuario:clave@]host:puerto/db, rediss:// con TLS, unix:///ruta. Vacía: sólo /scrape.")
  static let user = Flag("redis.user", environment: ["REDIS_USER"], "Usuario de ACL.")
  static let password = Flag(
    "redis.password", environment: ["REDIS_PASSWORD"], secret: true,
    "Clave. Mejor en el ambiente: la línea de comandos la ve cualquiera.")
  static let passwordFile = Flag(
    "redis.password-file", placeholder: "ARCHIVO", environment: ["REDIS_PASSWORD_FILE"],
    "Archivo con la clave, o con un objeto JSON de dirección a clave; sus direcciones se aceptan en /scrape.")
  static let probeAllow = Flag(
    "probe.allow", .list, placeholder: "URL", environment: ["REDIS_EXPORTER_PROBE_ALLOW"],
    "Dirección que se acepta en /scrape?target=; * vale por cualquier texto. La clave sale sólo de --redis.password-file."
  )
  static let probeKeys = Flag(
    "probe.allow-keys", .toggle, environment: ["REDIS_EXPORTER_PROBE_ALLOW_KEYS"],
    "Acepta check-keys, check-single-keys, check-streams, check-single-streams y count-keys en /scrape.")
  static let namespace = value("namespace", default: "redis", "Con qué empiezan los nombres de las métricas.")
  static let configCommand = value(
    "config-command", default: "CONFIG", "Nombre del comando CONFIG si fue renombrado; - para no usarlo.")
  static let connectionTimeout = value(
    "connection-timeout", default: "15s", "Tiempo para conectarse; nunca más que el de la consulta de Prometheus.")
  static let includeSystem = toggle("include-system-metrics", "INCL_SYSTEM_METRICS", "Exporta la memoria del equipo.")
  static let includeConfig = toggle(
    "include-config-metrics", "INCL_CONFIG_METRICS", "Exporta toda la configuración, salvo las claves.")
  static let redactConfig = Flag(
    "redact-config-metrics", .toggle, default: "true", environment: ["REDIS_EXPORTER_REDACT_CONFIG_METRICS"],
    "Se acepta por compatibilidad: las claves de la configuración no se exportan nunca.")
  static let includeModules = toggle(
    "include-modules-metrics", "INCL_MODULES_METRICS", "Exporta los módulos cargados.")
  static let excludeLatencyHistogram = toggle(
    "exclude-latency-histogram-metrics", "EXCLUDE_LATENCY_HISTOGRAM_METRICS", "No pide LATENCY HISTOGRAM.")
  static let exportClientList = toggle(
    "export-client-list", "EXPORT_CLIENT_LIST", "Exporta cada cliente conectado.")
  static let exportClientPort = toggle(
    "export-client-port", "EXPORT_CLIENT_PORT", "Agrega el puerto de cada cliente.")
  static let setClientName = Flag(
    "set-client-name", .toggle, default: "true", environment: ["REDIS_EXPORTER_SET_CLIENT_NAME"],
    "Se presenta como redis_exporter en CLIENT LIST.")
  static let isTile38 = toggle("is-tile38", "IS_TILE38", "El servidor es Tile38.")
  static let isCluster = toggle(
    "is-cluster", "IS_CLUSTER", "El servidor es de un cluster: las claves se buscan en todos sus nodos.")
  static let pingOnConnect = toggle("ping-on-connect", "PING_ON_CONNECT", "Mide un PING en cada consulta.")
  static let redisOnly = toggle(
    "redis-only-metrics", "REDIS_ONLY_METRICS", "Lo mismo que --web.disable-exporter-metrics.")
  static let debug = toggle("debug", "DEBUG", "Registra con más detalle.")
  static let logFormat = value(
    "log-format", default: "", "txt o json: lo mismo que --log.format=logfmt o json.")
  static let script = value("script", default: "", "Scripts Lua, separados por comas, que devuelven nombres y números.")

  static let tlsCertificate = value("tls-client-cert-file", default: "", "Certificado con el que nos presentamos.")
  static let tlsKey = value("tls-client-key-file", default: "", "Clave de ese certificado.")
  static let tlsAuthority = value("tls-ca-cert-file", default: "", "Autoridad que firma el certificado del servidor.")
  static let skipVerification = toggle(
    "skip-tls-verification", "SKIP_TLS_VERIFICATION", "Acepta cualquier certificado: sólo para pruebas.")

  static let all =
    [
      address, user, password, passwordFile, probeAllow, probeKeys, namespace, configCommand, connectionTimeout,
      includeSystem, includeConfig, redactConfig, includeModules, excludeLatencyHistogram, exportClientList,
      exportClientPort, setClientName, isTile38, isCluster, pingOnConnect, redisOnly, debug, logFormat, script,
      tlsCertificate, tlsKey, tlsAuthority, skipVerification,
    ] + KeyFlags.all

  /// How the standard exporter secures its own pages; ours does it as all exporters of the platform do. Pages that were
  /// meant to be closed are not served openly.
  static let absent =
    ["tls-server-cert-file", "tls-server-key-file", "tls-server-ca-cert-file"].map {
      AbsentFlag($0, environment: [variable($0)], because: "usá --web.config.file, con tls_server_config")
    }
    + ["basic-auth-username", "basic-auth-password"].map {
      AbsentFlag($0, environment: [variable($0)], because: "usá --web.config.file, con basic_auth_users")
    } + [AbsentFlag("tls-server-min-version", because: nil)]

  /// A flag whose variable is called as theirs are: `REDIS_EXPORTER_` and the name.
  static func value(_ name: String, default defaultValue: String, _ help: String) -> Flag {
    Flag(name, default: defaultValue, environment: [variable(name)], help)
  }

  private static func variable(_ name: String) -> String {
    "REDIS_EXPORTER_" + name.uppercased().replacing("-", with: "_")
  }

  private static func toggle(_ name: String, _ variable: String, _ help: String) -> Flag {
    Flag(name, .toggle, environment: ["REDIS_EXPORTER_" + variable], help)
  }
}
