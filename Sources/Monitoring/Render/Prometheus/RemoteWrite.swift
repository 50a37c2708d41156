import Alerts
import Foundation
import Topology

/// The copy of every series that Prometheus sends to a cluster's store (Mimir, Thanos, VictoriaMetrics). While the store
/// is away, what is not sent waits in Prometheus' write-ahead log, for about two hours.
/// Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write
package struct RemoteWrite: Sendable {
  /// Without user and password: Prometheus shows the address in its metrics.
  let address: String
  let user: String?
  let password: String?

  /// Beside `prometheus.yml`, so that the password is in no configuration that Prometheus shows.
  static let passwordFile = "remote-write.password"

  /// - Parameter url: as the operator wrote it, `http(s)://[user:password@]host/path`; empty: none.
  package init?(_ url: String) throws {
    if url.isEmpty { return nil }
    guard let parts = URLComponents(string: url), let scheme = parts.scheme, ["http", "https"].contains(scheme),
      let host = parts.host, !host.isEmpty
    else {
      throw RenderingError("REMOTE_WRITE_URL no es una dirección http(s)://[usuario:clave@]host/ruta. Corregila.")
    }
    guard (parts.user == nil) == (parts.password == nil) else {
      throw RenderingError("REMOTE_WRITE_URL tiene usuario sin clave. Escribila como usuario:clave@host.")
    }
    var bare = parts
    (bare.user, bare.password) = (nil, nil)
    address = bare.string ?? url
    user = parts.user
    password = parts.password
  }

  func yaml(for engine: Stack.Engine) -> YAML {
    .map(of: [
      "name": "central",
      "url": .text(address),
      "basic_auth": user.map { ["username": .text($0), "password_file": .text(Self.passwordFile)] },
      "remote_timeout": "30s",
      "send_exemplars": true,
      // Only the newer Prometheus scrapes any.
      "send_native_histograms": engine == .docker ? true : nil,
      // They serve the links of this Prometheus' rules; on a series they would be noise.
      "write_relabel_configs": [
        ["action": "labeldrop", "regex": "\(ExternalLabel.publicURL.rawValue)|\(ExternalLabel.grafanaURL.rawValue)"]
      ],
      "queue_config": Self.queue,
      "metadata_config": ["send": true],
    ])
  }

  /// The platform has some thousands of series, some hundred samples a second: one shard carries them, and after an hour
  /// without the store eight make up for it in minutes. Memory: shards × (capacity + batch) × some hundred bytes.
  private static let queue: YAML = [
    "min_shards": 1, "max_shards": 8, "capacity": 10_000, "max_samples_per_send": 2_000, "batch_send_deadline": "5s",
    "min_backoff": "100ms", "max_backoff": "10s", "retry_on_http_429": true,
  ]
}
