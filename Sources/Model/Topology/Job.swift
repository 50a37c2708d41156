/// A Prometheus job: the `job` label of everything that one kind of process exports and logs.
package enum Job: String, Sendable, CaseIterable {
  case deposito = "agente_deposito"
  case negocio = "agente_negocio"
  case ml = "ml_service"
  case dashboard
  case postgresExporter = "postgres_exporter"
  case nodeExporter = "node_exporter"
  case redisExporter = "redis_exporter"
  case prometheus
  case alertmanager
  case grafana
  case loki
  case promtail
}
