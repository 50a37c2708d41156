import MetricModel

extension RedisInstance {
  /// What Tile38 says of itself. Source: https://tile38.com/commands/server/
  package enum Tile38 {
    package static let tile38AOFSizeBytes = Family<Gauge, NoLabels>(
      "redis_tile38_aof_size_bytes", "tile38_aof_size_bytes metric", unit: .bytes, use: parity)
    package static let tile38AvgItemSizeBytes = Family<Gauge, NoLabels>(
      "redis_tile38_avg_item_size_bytes", "tile38_avg_item_size_bytes metric", unit: .bytes, use: parity)
    package static let tile38CpusTotal = Family<Gauge, NoLabels>(
      "redis_tile38_cpus_total", "tile38_cpus_total metric", use: parity)
    package static let tile38HeapReleasedBytes = Family<Gauge, NoLabels>(
      "redis_tile38_heap_released_bytes", "tile38_heap_released_bytes metric", unit: .bytes, use: parity)
    package static let tile38HeapSizeBytes = Family<Gauge, NoLabels>(
      "redis_tile38_heap_size_bytes", "tile38_heap_size_bytes metric", unit: .bytes, use: parity)
    package static let tile38HttpTransport = Family<Gauge, NoLabels>(
      "redis_tile38_http_transport", "tile38_http_transport metric", use: parity)
    package static let tile38InMemorySizeBytes = Family<Gauge, NoLabels>(
      "redis_tile38_in_memory_size_bytes", "tile38_in_memory_size_bytes metric", unit: .bytes, use: parity)
    package static let tile38MaxHeapSizeBytes = Family<Gauge, NoLabels>(
      "redis_tile38_max_heap_size_bytes", "tile38_max_heap_size_bytes metric", unit: .bytes, use: parity)
    package static let tile38MemAllocBytes = Family<Gauge, NoLabels>(
      "redis_tile38_mem_alloc_bytes", "tile38_mem_alloc_bytes metric", unit: .bytes, use: parity)
    package static let tile38NumCollectionsTotal = Family<Gauge, NoLabels>(
      "redis_tile38_num_collections_total", "tile38_num_collections_total metric", use: parity)
    package static let tile38NumHooksTotal = Family<Gauge, NoLabels>(
      "redis_tile38_num_hooks_total", "tile38_num_hooks_total metric", use: parity)
    package static let tile38NumObjectsTotal = Family<Gauge, NoLabels>(
      "redis_tile38_num_objects_total", "tile38_num_objects_total metric", use: parity)
    package static let tile38NumPointsTotal = Family<Gauge, NoLabels>(
      "redis_tile38_num_points_total", "tile38_num_points_total metric", use: parity)
    package static let tile38PointerSizeBytes = Family<Gauge, NoLabels>(
      "redis_tile38_pointer_size_bytes", "tile38_pointer_size_bytes metric", unit: .bytes, use: parity)
    package static let tile38ReadOnly = Family<Gauge, NoLabels>(
      "redis_tile38_read_only", "tile38_read_only metric", use: parity)
    package static let tile38ThreadsTotal = Family<Gauge, NoLabels>(
      "redis_tile38_threads_total", "tile38_threads_total metric", use: parity)
    package static let tile38GoGoroutinesTotal = Family<Gauge, NoLabels>(
      "redis_tile38_go_goroutines_total", "tile38_go_goroutines_total metric", use: parity)
    package static let tile38LastGcTimeSeconds = Family<Gauge, NoLabels>(
      "redis_tile38_last_gc_time_seconds", "tile38_last_gc_time_seconds metric", unit: .seconds, use: parity)
    package static let tile38NextGcBytes = Family<Gauge, NoLabels>(
      "redis_tile38_next_gc_bytes", "tile38_next_gc_bytes metric", unit: .bytes, use: parity)

    package static let all: [FamilyDescriptor] = [
      tile38AOFSizeBytes.descriptor, tile38AvgItemSizeBytes.descriptor, tile38CpusTotal.descriptor,
      tile38HeapReleasedBytes.descriptor, tile38HeapSizeBytes.descriptor, tile38HttpTransport.descriptor,
      tile38InMemorySizeBytes.descriptor, tile38MaxHeapSizeBytes.descriptor, tile38MemAllocBytes.descriptor,
      tile38NumCollectionsTotal.descriptor, tile38NumHooksTotal.descriptor, tile38NumObjectsTotal.descriptor,
      tile38NumPointsTotal.descriptor, tile38PointerSizeBytes.descriptor, tile38ReadOnly.descriptor,
      tile38ThreadsTotal.descriptor, tile38GoGoroutinesTotal.descriptor, tile38LastGcTimeSeconds.descriptor,
      tile38NextGcBytes.descriptor,
    ]
  }
}
