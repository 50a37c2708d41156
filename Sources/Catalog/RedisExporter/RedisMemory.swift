import MetricModel

extension RedisInstance {
  /// `# Memory` of INFO.
  package enum Memory {
    package static let allocatorActiveBytes = Family<Gauge, NoLabels>(
      "redis_allocator_active_bytes", "allocator_active_bytes metric", unit: .bytes, use: parity)
    package static let allocatorAllocatedBytes = Family<Gauge, NoLabels>(
      "redis_allocator_allocated_bytes", "allocator_allocated_bytes metric", unit: .bytes, use: parity)
    package static let allocatorResidentBytes = Family<Gauge, NoLabels>(
      "redis_allocator_resident_bytes", "allocator_resident_bytes metric", unit: .bytes, use: parity)
    package static let allocatorFragRatio = Family<Gauge, NoLabels>(
      "redis_allocator_frag_ratio", "allocator_frag_ratio metric", unit: .ratio, use: parity)
    package static let allocatorFragBytes = Family<Gauge, NoLabels>(
      "redis_allocator_frag_bytes", "allocator_frag_bytes metric", unit: .bytes, use: parity)
    package static let allocatorRSSRatio = Family<Gauge, NoLabels>(
      "redis_allocator_rss_ratio", "allocator_rss_ratio metric", unit: .ratio, use: parity)
    package static let allocatorRSSBytes = Family<Gauge, NoLabels>(
      "redis_allocator_rss_bytes", "allocator_rss_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_bytes", "memory_used_bytes metric", unit: .bytes)
    package static let memoryUsedRSSBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_rss_bytes", "memory_used_rss_bytes metric", unit: .bytes)
    package static let memoryUsedPeakBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_peak_bytes", "memory_used_peak_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedLuaBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_lua_bytes", "memory_used_lua_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedVmEvalBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_vm_eval_bytes", "memory_used_vm_eval_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedScriptsEvalBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_scripts_eval_bytes", "memory_used_scripts_eval_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedOverheadBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_overhead_bytes", "memory_used_overhead_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedStartupBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_startup_bytes", "memory_used_startup_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedDatasetBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_dataset_bytes", "memory_used_dataset_bytes metric", unit: .bytes, use: parity)
    package static let numberOfCachedScripts = Family<Gauge, NoLabels>(
      "redis_number_of_cached_scripts", "number_of_cached_scripts metric", use: parity)
    package static let numberOfFunctions = Family<Gauge, NoLabels>(
      "redis_number_of_functions", "number_of_functions metric", use: parity)
    package static let numberOfLibraries = Family<Gauge, NoLabels>(
      "redis_number_of_libraries", "number_of_libraries metric", use: parity)
    package static let memoryUsedVmFunctionsBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_vm_functions_bytes", "memory_used_vm_functions_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedScriptsBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_scripts_bytes", "memory_used_scripts_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedFunctionsBytes = Family<Gauge, NoLabels>(
      "redis_memory_used_functions_bytes", "memory_used_functions_bytes metric", unit: .bytes, use: parity)
    package static let memoryUsedVmTotal = Family<Gauge, NoLabels>(
      "redis_memory_used_vm_total", "memory_used_vm_total metric", use: parity)
    package static let memoryMaxBytes = Family<Gauge, NoLabels>(
      "redis_memory_max_bytes", "memory_max_bytes metric", unit: .bytes)
    package static let memoryMaxReservationBytes = Family<Gauge, NoLabels>(
      "redis_memory_max_reservation_bytes", "memory_max_reservation_bytes metric", unit: .bytes, use: parity)
    package static let memoryMaxReservationDesiredBytes = Family<Gauge, NoLabels>(
      "redis_memory_max_reservation_desired_bytes",
      "memory_max_reservation_desired_bytes metric", unit: .bytes, use: parity)
    package static let memoryMaxFragmentationReservationBytes = Family<Gauge, NoLabels>(
      "redis_memory_max_fragmentation_reservation_bytes",
      "memory_max_fragmentation_reservation_bytes metric", unit: .bytes, use: parity)
    package static let memoryMaxFragmentationReservationDesiredBytes = Family<Gauge, NoLabels>(
      "redis_memory_max_fragmentation_reservation_desired_bytes",
      "memory_max_fragmentation_reservation_desired_bytes metric", unit: .bytes, use: parity)
    package static let memFragmentationRatio = Family<Gauge, NoLabels>(
      "redis_mem_fragmentation_ratio", "mem_fragmentation_ratio metric", unit: .ratio, use: parity)
    package static let memFragmentationBytes = Family<Gauge, NoLabels>(
      "redis_mem_fragmentation_bytes", "mem_fragmentation_bytes metric", unit: .bytes, use: parity)
    package static let memClientsSlaves = Family<Gauge, NoLabels>(
      "redis_mem_clients_slaves", "mem_clients_slaves metric", use: parity)
    package static let memClientsNormal = Family<Gauge, NoLabels>(
      "redis_mem_clients_normal", "mem_clients_normal metric", use: parity)
    package static let memClusterLinksBytes = Family<Gauge, NoLabels>(
      "redis_mem_cluster_links_bytes", "mem_cluster_links_bytes metric", unit: .bytes, use: parity)
    package static let memAOFBufferBytes = Family<Gauge, NoLabels>(
      "redis_mem_aof_buffer_bytes", "mem_aof_buffer_bytes metric", unit: .bytes, use: parity)
    package static let memReplicationBacklogBytes = Family<Gauge, NoLabels>(
      "redis_mem_replication_backlog_bytes", "mem_replication_backlog_bytes metric", unit: .bytes, use: parity)
    package static let memNotCountedForEvictionBytes = Family<Gauge, NoLabels>(
      "redis_mem_not_counted_for_eviction_bytes",
      "mem_not_counted_for_eviction_bytes metric", unit: .bytes, use: parity)
    package static let memTotalReplicationBuffersBytes = Family<Gauge, NoLabels>(
      "redis_mem_total_replication_buffers_bytes",
      "mem_total_replication_buffers_bytes metric", unit: .bytes, use: parity)
    package static let memOverheadDbHashtableRehashingBytes = Family<Gauge, NoLabels>(
      "redis_mem_overhead_db_hashtable_rehashing_bytes",
      "mem_overhead_db_hashtable_rehashing_bytes metric", unit: .bytes, use: parity)
    package static let lazyfreePendingObjects = Family<Gauge, NoLabels>(
      "redis_lazyfree_pending_objects", "lazyfree_pending_objects metric", use: parity)
    package static let activeDefragRunning = Family<Gauge, NoLabels>(
      "redis_active_defrag_running", "active_defrag_running metric", use: parity)
    package static let totalSystemMemoryBytes = Family<Gauge, NoLabels>(
      "redis_total_system_memory_bytes", "total_system_memory_bytes metric", unit: .bytes, use: parity)

    package static let all: [FamilyDescriptor] = [
      allocatorActiveBytes.descriptor, allocatorAllocatedBytes.descriptor, allocatorResidentBytes.descriptor,
      allocatorFragRatio.descriptor, allocatorFragBytes.descriptor, allocatorRSSRatio.descriptor,
      allocatorRSSBytes.descriptor, memoryUsedBytes.descriptor, memoryUsedRSSBytes.descriptor,
      memoryUsedPeakBytes.descriptor, memoryUsedLuaBytes.descriptor, memoryUsedVmEvalBytes.descriptor,
      memoryUsedScriptsEvalBytes.descriptor, memoryUsedOverheadBytes.descriptor, memoryUsedStartupBytes.descriptor,
      memoryUsedDatasetBytes.descriptor, numberOfCachedScripts.descriptor, numberOfFunctions.descriptor,
      numberOfLibraries.descriptor, memoryUsedVmFunctionsBytes.descriptor, memoryUsedScriptsBytes.descriptor,
      memoryUsedFunctionsBytes.descriptor, memoryUsedVmTotal.descriptor, memoryMaxBytes.descriptor,
      memoryMaxReservationBytes.descriptor, memoryMaxReservationDesiredBytes.descriptor,
      memoryMaxFragmentationReservationBytes.descriptor, memoryMaxFragmentationReservationDesiredBytes.descriptor,
      memFragmentationRatio.descriptor, memFragmentationBytes.descriptor, memClientsSlaves.descriptor,
      memClientsNormal.descriptor, memClusterLinksBytes.descriptor, memAOFBufferBytes.descriptor,
      memReplicationBacklogBytes.descriptor, memNotCountedForEvictionBytes.descriptor,
      memTotalReplicationBuffersBytes.descriptor, memOverheadDbHashtableRehashingBytes.descriptor,
      lazyfreePendingObjects.descriptor, activeDefragRunning.descriptor, totalSystemMemoryBytes.descriptor,
    ]
  }
}
