import MetricModel

extension RedisInstance {
  /// Loaded modules, and RediSearch's own figures.
  package enum Modules {
    package static let searchNumberOfIndexes = Family<Gauge, NoLabels>(
      "redis_search_number_of_indexes", "search_number_of_indexes metric", use: parity)
    package static let searchUsedMemoryIndexesBytes = Family<Gauge, NoLabels>(
      "redis_search_used_memory_indexes_bytes", "search_used_memory_indexes_bytes metric", unit: .bytes, use: parity)
    package static let searchGlobalIdle = Family<Gauge, NoLabels>(
      "redis_search_global_idle", "search_global_idle metric", use: parity)
    package static let searchGlobalTotal = Family<Gauge, NoLabels>(
      "redis_search_global_total", "search_global_total metric", use: parity)
    package static let searchCollectedBytes = Family<Gauge, NoLabels>(
      "redis_search_collected_bytes", "search_collected_bytes metric", unit: .bytes, use: parity)
    package static let searchDialect1 = Family<Gauge, NoLabels>(
      "redis_search_dialect_1", "search_dialect_1 metric", use: parity)
    package static let searchDialect2 = Family<Gauge, NoLabels>(
      "redis_search_dialect_2", "search_dialect_2 metric", use: parity)
    package static let searchDialect3 = Family<Gauge, NoLabels>(
      "redis_search_dialect_3", "search_dialect_3 metric", use: parity)
    package static let searchDialect4 = Family<Gauge, NoLabels>(
      "redis_search_dialect_4", "search_dialect_4 metric", use: parity)
    package static let searchIndexingTimeMsTotal = Family<Counter, NoLabels>(
      "redis_search_indexing_time_ms_total", "search_indexing_time_ms_total metric", unit: .milliseconds, use: parity)
    package static let searchCyclesTotal = Family<Counter, NoLabels>(
      "redis_search_cycles_total", "search_cycles_total metric", use: parity)
    package static let searchRunMsTotal = Family<Counter, NoLabels>(
      "redis_search_run_ms_total", "search_run_ms_total metric", unit: .milliseconds, use: parity)
    package static let moduleInfo = Family<Gauge, ModuleLabels>(
      "redis_module_info", "Information about loaded Redis module", use: parity)

    package static let all: [FamilyDescriptor] = [
      searchNumberOfIndexes.descriptor, searchUsedMemoryIndexesBytes.descriptor, searchGlobalIdle.descriptor,
      searchGlobalTotal.descriptor, searchCollectedBytes.descriptor, searchDialect1.descriptor,
      searchDialect2.descriptor, searchDialect3.descriptor, searchDialect4.descriptor,
      searchIndexingTimeMsTotal.descriptor, searchCyclesTotal.descriptor, searchRunMsTotal.descriptor,
      moduleInfo.descriptor,
    ]
  }
}

package struct ModuleLabels: LabelSet {
  package static let labelNames = ["name", "ver", "api", "filters", "usedby", "using"]
  /// Aligned with the names.
  package let labelValues: [String]
  package init(_ labelValues: [String]) { self.labelValues = labelValues }
}
