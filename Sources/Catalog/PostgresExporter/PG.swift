import MetricModel

/// What postgres-exporter exports, one file a collector; names, types and labels as postgres_exporter 0.11.1 has them.
package enum PG {
  package static let up = Family<Gauge, NoLabels>("pg_up", "1 if PostgreSQL answered the scrape.")

  package static let all: [FamilyDescriptor] = [up.descriptor]
}
