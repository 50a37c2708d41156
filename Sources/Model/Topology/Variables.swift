/// Every variable that a process or the deployment reads, beside the ports.
package enum Variables {
  package static let jwtSecretKey = Variable(
    "JWT_SECRET_KEY", secret: true,
    "Clave HS256 con la que se firman los tokens, de 32 bytes o más. Si falta, --up genera una.")
  package static let jwtSecretKeyPrevious = Variable(
    "JWT_SECRET_KEY_PREVIOUS", secret: true, optional: true,
    "Otra clave con la que también se aceptan tokens mientras se cambia JWT_SECRET_KEY: la anterior, hasta que venzan "
      + "los suyos. Con varias réplicas, poné primero acá la nueva, reinicialas, y después intercambialas.")
  package static let postgresPassword = Variable(
    "POSTGRES_PASSWORD", secret: true, "Clave del superusuario de la base embebida. Si falta, --up genera una.")
  package static let adminPassword = Variable(
    "ADMIN_PASSWORD", secret: true, "Clave inicial del usuario admin. Si falta, --up genera una y dice dónde está.")
  package static let databaseURL = Variable(
    "DATABASE_URL", secret: true, optional: true,
    "Base de datos externa, postgresql://usuario:clave@host:5432/inventario_retail. Sin ella se usa la embebida. "
      + "En la externa tienen que existir los roles deposito_app (la aplicación: el usuario de esta dirección) y "
      + "deposito_migrador (dueño del esquema deposito); el exporter entra con el mismo usuario que la aplicación, "
      + "que para eso necesita pg_monitor.")
  package static let migrationDatabaseURL = Variable(
    "MIGRATION_DATABASE_URL", secret: true, optional: true,
    "La misma base con el rol dueño del esquema (deposito_migrador), sólo para migrar. Obligatoria si DATABASE_URL "
      + "está definida.")
  package static let redisURL = Variable(
    "REDIS_URL", secret: true, optional: true,
    "Redis externo, redis://[usuario:clave@]host:6379/0; rediss:// con TLS, unix:///ruta por un socket. Sin ella se "
      + "usa el embebido; por sí solos, redis-exporter usa redis://localhost:6379 y agente-deposito guarda sus eventos en "
      + "la base. El usuario necesita los permisos que dice docs/exporters/redis.md y, para los eventos, EVAL, INFO y "
      + "XADD sobre minimarket:deposito:*, en un Redis con appendonly yes.")
  package static let jwtExpiryHours = Variable(
    "JWT_EXPIRY_HOURS", default: "8", "Duración de un token, en horas, de 1 a 720.")
  package static let corsOrigins = Variable(
    "CORS_ORIGINS", default: "",
    "Orígenes autorizados, esquema://host[:puerto], separados por comas y comparados de forma exacta.")
  package static let logLevel = Variable(
    "LOG_LEVEL", default: "info", "trace, debug, info, notice, warning, error o critical.")
  package static let logDirectory = Variable(
    "LOG_DIRECTORY", default: "", optional: true,
    "Directorio de los logs con rotación diaria. Sin él, sólo la salida estándar.")
  package static let lokiURL = Variable(
    "LOKI_URL", secret: true, optional: true,
    "Loki al que los procesos empujan sus logs, http(s)://[usuario:clave@]host:puerto. Sin ella no se empuja. Lo que "
      + "espera a Loki se guarda en LOG_DIRECTORY.")
  package static let lokiTenant = Variable(
    "LOKI_TENANT", default: "", optional: true, "Tenant de Loki (X-Scope-OrgID).")
  package static let lokiToken = Variable(
    "LOKI_TOKEN", secret: true, optional: true,
    "Token de Loki (Authorization: Bearer). El de LOKI_TOKEN_FILE se relee cuando cambia.")
  package static let bindAddress = Variable(
    "BIND_ADDRESS", default: "127.0.0.1",
    "Dirección en la que escuchan servicios y exporters fuera de contenedores. Ahí, PostgreSQL, Redis, "
      + "Prometheus y Alertmanager escuchan sólo en 127.0.0.1.")
  package static let assetsDirectory = Variable(
    "ASSETS_DIRECTORY", default: "", optional: true, "Directorio de Swagger UI, que --up instala.")
  package static let revision = Variable(
    "REVISION", default: "unknown", optional: true, "Revisión de git que corre; la pone --up.")
  package static let publicURL = Variable(
    "PUBLIC_URL", default: "http://localhost", optional: true,
    "Dirección pública de nginx; base de los enlaces a los runbooks.")
  package static let grafanaURL = Variable(
    "GRAFANA_URL", default: "", optional: true,
    "Base de los enlaces a los dashboards. Sin ella, los avisos no los enlazan.")
  package static let prometheusURL = Variable(
    "PROMETHEUS_URL", default: "", optional: true,
    "Dirección con la que las personas llegan a Prometheus. Sin ella, la de esta misma máquina.")
  package static let alertmanagerURL = Variable(
    "ALERTMANAGER_URL", default: "", optional: true,
    "Dirección con la que las personas llegan a Alertmanager; base del enlace que silencia, en los avisos. Sin ella, "
      + "la de esta misma máquina.")
  package static let slackWebhookURL = Variable(
    "SLACK_WEBHOOK_URL", secret: true, optional: true, "Webhook de Slack. Sin él, las alertas no salen a Slack.")
  package static let pageWebhookURL = Variable(
    "PAGE_WEBHOOK_URL", secret: true, optional: true, "Webhook de guardia para lo crítico. Sin él, sólo Slack.")
  package static let heartbeatURL = Variable(
    "HEARTBEAT_URL", secret: true, optional: true,
    "Dirección que recibe un latido por minuto mientras las alertas funcionan; quien la atiende avisa cuando falta. "
      + "Sin ella, nadie nota que la vigilancia se detuvo.")

  package static let remoteWriteURL = Variable(
    "REMOTE_WRITE_URL", secret: true, optional: true,
    "Almacenamiento central (Mimir, Thanos, VictoriaMetrics) al que Prometheus manda una copia de todo, "
      + "http(s)://[usuario:clave@]host/ruta de remote_write. Sin ella no se manda.")

  /// Of one process alone each: every process enters with a user of its own.
  package static let addresses = [databaseURL, migrationDatabaseURL, redisURL]

  /// In the order of the template.
  package static let all = [
    jwtSecretKey, jwtSecretKeyPrevious, postgresPassword, adminPassword, databaseURL, migrationDatabaseURL, redisURL,
    jwtExpiryHours, corsOrigins, logLevel, logDirectory, lokiURL, lokiTenant, lokiToken, bindAddress, assetsDirectory,
    revision, publicURL,
    grafanaURL, prometheusURL, alertmanagerURL, slackWebhookURL,
    pageWebhookURL, heartbeatURL, remoteWriteURL,
  ]
}
