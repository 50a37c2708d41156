import Catalog

extension InfoField {
  /// Fields of what Tile38 says of itself. Source: https://tile38.com/commands/server/
  static let tile38: [InfoField] = [
    InfoField("tile38_aof_size", RedisInstance.Tile38.tile38AOFSizeBytes),
    InfoField("tile38_avg_point_size", RedisInstance.Tile38.tile38AvgItemSizeBytes),
    InfoField("tile38_sys_cpus", RedisInstance.Tile38.tile38CpusTotal),
    InfoField("tile38_heap_released_bytes", RedisInstance.Tile38.tile38HeapReleasedBytes),
    InfoField("tile38_heap_alloc_bytes", RedisInstance.Tile38.tile38HeapSizeBytes),
    InfoField("tile38_http_transport", RedisInstance.Tile38.tile38HttpTransport),
    InfoField("tile38_in_memory_size", RedisInstance.Tile38.tile38InMemorySizeBytes),
    InfoField("tile38_max_heap_size", RedisInstance.Tile38.tile38MaxHeapSizeBytes),
    InfoField("tile38_alloc_bytes", RedisInstance.Tile38.tile38MemAllocBytes),
    InfoField("tile38_num_collections", RedisInstance.Tile38.tile38NumCollectionsTotal),
    InfoField("tile38_num_hooks", RedisInstance.Tile38.tile38NumHooksTotal),
    InfoField("tile38_num_objects", RedisInstance.Tile38.tile38NumObjectsTotal),
    InfoField("tile38_num_points", RedisInstance.Tile38.tile38NumPointsTotal),
    InfoField("tile38_pointer_size", RedisInstance.Tile38.tile38PointerSizeBytes),
    InfoField("tile38_read_only", RedisInstance.Tile38.tile38ReadOnly),
    InfoField("tile38_go_threads", RedisInstance.Tile38.tile38ThreadsTotal),
    InfoField("tile38_go_goroutines", RedisInstance.Tile38.tile38GoGoroutinesTotal),
    InfoField("tile38_last_gc_time_seconds", RedisInstance.Tile38.tile38LastGcTimeSeconds),
    InfoField("tile38_next_gc_bytes", RedisInstance.Tile38.tile38NextGcBytes),
  ]
}
