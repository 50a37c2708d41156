import Catalog

extension InfoField {
  /// Fields of `# Server` of INFO: the process.
  static let server: [InfoField] = [
    InfoField("uptime_in_seconds", RedisInstance.Server.uptimeInSeconds),
    InfoField("process_id", RedisInstance.Server.processId),
    InfoField("io_threads_active", RedisInstance.Server.ioThreadsActive),
    InfoField("configured_hz", RedisInstance.Server.configuredHz),
    InfoField("hz", RedisInstance.Server.hz),
    InfoField("server_threads", RedisInstance.Server.serverThreadsTotal),
  ]
}
