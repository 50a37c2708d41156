import Catalog

extension InfoField {
  /// Fields of `# Memory` of INFO.
  static let memory: [InfoField] = [
    InfoField("allocator_active", RedisInstance.Memory.allocatorActiveBytes),
    InfoField("allocator_allocated", RedisInstance.Memory.allocatorAllocatedBytes),
    InfoField("allocator_resident", RedisInstance.Memory.allocatorResidentBytes),
    InfoField("allocator_frag_ratio", RedisInstance.Memory.allocatorFragRatio),
    InfoField("allocator_frag_bytes", RedisInstance.Memory.allocatorFragBytes),
    InfoField("allocator_rss_ratio", RedisInstance.Memory.allocatorRSSRatio),
    InfoField("allocator_rss_bytes", RedisInstance.Memory.allocatorRSSBytes),
    InfoField("used_memory", RedisInstance.Memory.memoryUsedBytes),
    InfoField("used_memory_rss", RedisInstance.Memory.memoryUsedRSSBytes),
    InfoField("used_memory_peak", RedisInstance.Memory.memoryUsedPeakBytes),
    InfoField("used_memory_lua", RedisInstance.Memory.memoryUsedLuaBytes),
    InfoField("used_memory_vm_eval", RedisInstance.Memory.memoryUsedVmEvalBytes),
    InfoField("used_memory_scripts_eval", RedisInstance.Memory.memoryUsedScriptsEvalBytes),
    InfoField("used_memory_overhead", RedisInstance.Memory.memoryUsedOverheadBytes),
    InfoField("used_memory_startup", RedisInstance.Memory.memoryUsedStartupBytes),
    InfoField("used_memory_dataset", RedisInstance.Memory.memoryUsedDatasetBytes),
    InfoField("number_of_cached_scripts", RedisInstance.Memory.numberOfCachedScripts),
    InfoField("number_of_functions", RedisInstance.Memory.numberOfFunctions),
    InfoField("number_of_libraries", RedisInstance.Memory.numberOfLibraries),
    InfoField("used_memory_vm_functions", RedisInstance.Memory.memoryUsedVmFunctionsBytes),
    InfoField("used_memory_scripts", RedisInstance.Memory.memoryUsedScriptsBytes),
    InfoField("used_memory_functions", RedisInstance.Memory.memoryUsedFunctionsBytes),
    InfoField("used_memory_vm_total", RedisInstance.Memory.memoryUsedVmTotal),
    InfoField("maxmemory", RedisInstance.Memory.memoryMaxBytes),
    InfoField("maxmemory_reservation", RedisInstance.Memory.memoryMaxReservationBytes),
    InfoField("maxmemory_desired_reservation", RedisInstance.Memory.memoryMaxReservationDesiredBytes),
    InfoField("maxfragmentationmemory_reservation", RedisInstance.Memory.memoryMaxFragmentationReservationBytes),
    InfoField(
      "maxfragmentationmemory_desired_reservation", RedisInstance.Memory.memoryMaxFragmentationReservationDesiredBytes),
    InfoField("mem_fragmentation_ratio", RedisInstance.Memory.memFragmentationRatio),
    InfoField("mem_fragmentation_bytes", RedisInstance.Memory.memFragmentationBytes),
    InfoField("mem_clients_slaves", RedisInstance.Memory.memClientsSlaves),
    InfoField("mem_clients_normal", RedisInstance.Memory.memClientsNormal),
    InfoField("mem_cluster_links", RedisInstance.Memory.memClusterLinksBytes),
    InfoField("mem_aof_buffer", RedisInstance.Memory.memAOFBufferBytes),
    InfoField("mem_replication_backlog", RedisInstance.Memory.memReplicationBacklogBytes),
    InfoField("mem_not_counted_for_evict", RedisInstance.Memory.memNotCountedForEvictionBytes),
    InfoField("mem_total_replication_buffers", RedisInstance.Memory.memTotalReplicationBuffersBytes),
    InfoField("mem_overhead_db_hashtable_rehashing", RedisInstance.Memory.memOverheadDbHashtableRehashingBytes),
    InfoField("lazyfree_pending_objects", RedisInstance.Memory.lazyfreePendingObjects),
    InfoField("active_defrag_running", RedisInstance.Memory.activeDefragRunning),
  ]
}

extension InfoField {
  /// Of the machine, not of Redis: only where a flag asks for it.
  static let system = [InfoField("total_system_memory", RedisInstance.Memory.totalSystemMemoryBytes)]
}
