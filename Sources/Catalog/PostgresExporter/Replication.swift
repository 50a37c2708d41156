import MetricModel

extension PG {
  /// `pg_replication_*`: how far a replica is behind.
  package enum Replication {
    package static let prefix = "pg_replication_"

    package static let lagSeconds = Family<Gauge, NoLabels>(
      prefix + "lag_seconds", "Replication lag behind master in seconds", unit: .seconds)
    package static let isReplica = Family<Gauge, NoLabels>(
      prefix + "is_replica", "Indicates if the server is a replica",
      use: parity)
    package static let lastReplaySeconds = Family<Gauge, NoLabels>(
      prefix + "last_replay_seconds", "Age of last replay in seconds", unit: .seconds,
      use: parity)

    package static let all: [FamilyDescriptor] = [
      lagSeconds.descriptor, isReplica.descriptor, lastReplaySeconds.descriptor,
    ]
  }
}
