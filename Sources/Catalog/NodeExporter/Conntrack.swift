import MetricModel

extension Host {
  /// Netfilter's connection tracking: `/proc/sys/net/netfilter`, `/proc/net/stat/nf_conntrack`.
  package enum Conntrack {
    package static let entries = Family<Gauge, NoLabels>(
      "node_nf_conntrack_entries", "Number of currently allocated flow entries for connection tracking.", use: parity)
    package static let entriesLimit = Family<Gauge, NoLabels>(
      "node_nf_conntrack_entries_limit", "Maximum size of connection tracking table.", use: parity)
    package static let found = Family<Gauge, NoLabels>(
      "node_nf_conntrack_stat_found", "Number of searched entries which were successful.", use: parity)
    package static let invalid = Family<Gauge, NoLabels>(
      "node_nf_conntrack_stat_invalid", "Number of packets seen which can not be tracked.", use: parity)
    package static let ignore = Family<Gauge, NoLabels>(
      "node_nf_conntrack_stat_ignore",
      "Number of packets seen which are already connected to a conntrack entry.", use: parity)
    package static let insert = Family<Gauge, NoLabels>(
      "node_nf_conntrack_stat_insert", "Number of entries inserted into the list.", use: parity)
    package static let insertFailed = Family<Gauge, NoLabels>(
      "node_nf_conntrack_stat_insert_failed",
      "Number of entries for which list insertion was attempted but failed.", use: parity)
    package static let drop = Family<Gauge, NoLabels>(
      "node_nf_conntrack_stat_drop", "Number of packets dropped due to conntrack failure.", use: parity)
    package static let earlyDrop = Family<Gauge, NoLabels>(
      "node_nf_conntrack_stat_early_drop",
      "Number of dropped conntrack entries to make room for new ones, if maximum table size was reached.", use: parity)
    package static let searchRestart = Family<Gauge, NoLabels>(
      "node_nf_conntrack_stat_search_restart",
      "Number of conntrack table lookups which had to be restarted due to hashtable resizes.", use: parity)

    package static let all: [FamilyDescriptor] = [
      entries.descriptor, entriesLimit.descriptor, found.descriptor, invalid.descriptor, ignore.descriptor,
      insert.descriptor, insertFailed.descriptor, drop.descriptor, earlyDrop.descriptor, searchRestart.descriptor,
    ]
  }
}
