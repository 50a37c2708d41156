import MetricModel

/// What redis-exporter exports, one file a part; names, types and labels as redis_exporter 1.45.0 has them, and of newer
/// versions what 1.45.0 lacks. Counters without `_total` and gauges with it keep that name: dashboards made for the
/// standard exporter ask for them.
package enum RedisInstance {
  package static let up = Family<Gauge, NoLabels>("redis_up", "Information about the Redis instance")

  package static let all: [FamilyDescriptor] =
    [up.descriptor] + Server.all + Clients.all + Memory.all + Persistence.all + Stats.all + Processor.all
    + Replication.all + Cluster.all + Modules.all + Tile38.all + Keyspace.all + Commands.all + Settings.all
    + Slowlog.all + LatencyEvents.all + LatencyHistogram.all + ClientList.all + Keys.all + KeyGroups.all + Streams.all
    + Scripts.all + Sentinel.all + Survey.all + Work.all

  /// Why families exist that no rule or panel of ours asks for.
  static let parity = FamilyUse.notNeeded("dashboards made for the standard exporter ask for it")
}
