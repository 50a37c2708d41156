import Catalog

extension InfoField {
  /// Fields of loaded modules, and RediSearch's own figures.
  static let modules: [InfoField] = [
    InfoField("search_number_of_indexes", RedisInstance.Modules.searchNumberOfIndexes),
    InfoField("search_used_memory_indexes", RedisInstance.Modules.searchUsedMemoryIndexesBytes),
    InfoField("search_global_idle", RedisInstance.Modules.searchGlobalIdle),
    InfoField("search_global_total", RedisInstance.Modules.searchGlobalTotal),
    InfoField("search_bytes_collected", RedisInstance.Modules.searchCollectedBytes),
    InfoField("search_dialect_1", RedisInstance.Modules.searchDialect1),
    InfoField("search_dialect_2", RedisInstance.Modules.searchDialect2),
    InfoField("search_dialect_3", RedisInstance.Modules.searchDialect3),
    InfoField("search_dialect_4", RedisInstance.Modules.searchDialect4),
    InfoField("search_total_indexing_time", RedisInstance.Modules.searchIndexingTimeMsTotal),
    InfoField("search_total_cycles", RedisInstance.Modules.searchCyclesTotal),
    InfoField("search_total_ms_run", RedisInstance.Modules.searchRunMsTotal),
  ]
}
