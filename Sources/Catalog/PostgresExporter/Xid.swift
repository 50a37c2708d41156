import MetricModel

extension PG {
  /// `pg_xid_*`: where the transaction numbers are; NaN on a replica, which gives out none.
  package enum Xid {
    package static let prefix = "pg_xid_"

    package static let current = Family<Gauge, NoLabels>(
      prefix + "current",
      "Current 64-bit transaction id of the query used to collect this metric (truncated to low 52 "
        + "bits)",
      use: parity)
    package static let xmin = Family<Gauge, NoLabels>(
      prefix + "xmin",
      "Oldest transaction id of a transaction still in progress, i.e. not known committed or aborted "
        + "(truncated to low 52 bits)",
      use: parity)
    package static let xminAge = Family<Gauge, NoLabels>(
      prefix + "xmin_age", "Age of oldest transaction still not committed or aborted measured in transaction ids",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      current.descriptor, xmin.descriptor, xminAge.descriptor,
    ]
  }
}
