import Catalog
import PromQL

extension Recordings {
  /// Lookups per second in a Redis, over five minutes. A server each: a replica that finds nothing is not hidden by the
  /// others, and what reads nothing counts for nothing.
  package static let cacheLookupRate = Recording(
    "instance:redis_keyspace_lookups:rate5m", "Claves por segundo que se le piden a un Redis, estén o no.",
    of: rate(RedisInstance.Stats.keyspaceHitsTotal[5.m]) + rate(RedisInstance.Stats.keyspaceMissesTotal[5.m]))

  /// Share of a Redis' lookups that find their key, over five minutes: a ratio of lifetime counters could not show that
  /// something has changed. Without lookups there is none.
  package static let cacheHitRatio = Recording(
    "instance:redis_keyspace_hits_per_lookup:ratio_rate5m", "Parte de las claves pedidas a un Redis que estaba.",
    of: rate(RedisInstance.Stats.keyspaceHitsTotal[5.m]) / (cacheLookupRate > 0))

  static let cache = [cacheLookupRate, cacheHitRatio]
}
