/// A TCP port with its variable, so that two stacks run side by side on one machine.
package struct Port: Sendable, Hashable {
  /// Without `_PORT`.
  package let name: String
  package let number: Int
  package init(_ name: String, _ number: Int) {
    self.name = name
    self.number = number
  }
  package var variable: Variable {
    Variable(name + "_PORT", default: String(number), optional: true, "Puerto de \(name.lowercased()).")
  }

  package static let deposito = Port("DEPOSITO", 8001)
  package static let nginxHTTP = Port("NGINX_HTTP", 80)
  package static let postgres = Port("POSTGRES", 5432)
  package static let redis = Port("REDIS", 6379)
  package static let prometheus = Port("PROMETHEUS", 9090)
  package static let alertmanager = Port("ALERTMANAGER", 9093)
  package static let postgresExporter = Port("POSTGRES_EXPORTER", 9187)
  package static let nodeExporter = Port("NODE_EXPORTER", 9100)
  package static let redisExporter = Port("REDIS_EXPORTER", 9121)

  package static let grafana = Port("GRAFANA", 3000)
  package static let loki = Port("LOKI", 3100)
  package static let promtail = Port("PROMTAIL", 9080)

  /// Of what the local engine starts.
  package static let all = [
    deposito, nginxHTTP, postgres, redis, prometheus, alertmanager, postgresExporter, nodeExporter, redisExporter,
  ]
}
