import MetricModel

extension PG {
  /// `pg_stat_progress_vacuum_*`: each VACUUM that runs.
  package enum StatProgressVacuum {
    package static let prefix = "pg_stat_progress_vacuum_"

    package static let phase = Family<Gauge, Triple<DatabaseName, RelationName, PhaseLabel>>(
      prefix + "phase", "Current vacuum phase (1 = active, 0 = inactive). Label 'phase' is human-readable.",
      use: parity)
    package static let heapBlks = Family<Gauge, Pair<DatabaseName, RelationName>>(
      prefix + "heap_blks", "Total number of heap blocks in the table being vacuumed.",
      use: parity)
    package static let heapBlksScanned = Family<Gauge, Pair<DatabaseName, RelationName>>(
      prefix + "heap_blks_scanned", "Number of heap blocks scanned so far.",
      use: parity)
    package static let heapBlksVacuumed = Family<Gauge, Pair<DatabaseName, RelationName>>(
      prefix + "heap_blks_vacuumed", "Number of heap blocks vacuumed so far.",
      use: parity)
    package static let indexVacuums = Family<Gauge, Pair<DatabaseName, RelationName>>(
      prefix + "index_vacuums", "Number of completed index vacuum cycles.",
      use: parity)
    package static let maxDeadTuples = Family<Gauge, Pair<DatabaseName, RelationName>>(
      prefix + "max_dead_tuples", "Maximum number of dead tuples that can be stored before cleanup is performed.",
      use: parity)
    package static let numDeadTuples = Family<Gauge, Pair<DatabaseName, RelationName>>(
      prefix + "num_dead_tuples", "Current number of dead tuples found so far.",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      phase.descriptor, heapBlks.descriptor, heapBlksScanned.descriptor, heapBlksVacuumed.descriptor,
      indexVacuums.descriptor, maxDeadTuples.descriptor, numDeadTuples.descriptor,
    ]
  }
}
