import MetricModel

extension Host {
  /// `/proc/zoneinfo`: pages by memory node and zone.
  package enum Zoneinfo {
    package static let labelNames = ["node", "zone"]

    /// By the name of the line.
    package static let fields: [String: FamilyDescriptor] = Dictionary(
      gauges.map { ($0.field, family($0.name, $0.help, .gauge)) }
        + counters.map { ($0.field, family($0.name, $0.help, .counter)) }, uniquingKeysWith: { first, _ in first })

    package static let all: [FamilyDescriptor] = fields.values.sorted { $0.name < $1.name }

    /// Of pages kept back from allocations that could use a higher zone; as many as there are zones.
    package static func protection(_ index: Int) -> FamilyDescriptor {
      family("protection_\(index)", "Protection array \(index). field", .gauge)
    }

    private static func family(_ name: String, _ help: String, _ kind: Kind) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_zoneinfo_\(name)", help: help, kind: kind, labelNames: labelNames, use: parity)
    }

    private static let gauges: [(field: String, name: String, help: String)] = [
      ("nr_free_pages", "nr_free_pages", "Total number of free pages in the zone"),
      ("min", "min_pages", "Zone watermark pages_min"),
      ("low", "low_pages", "Zone watermark pages_low"),
      ("high", "high_pages", "Zone watermark pages_high"),
      ("scanned", "scanned_pages", "Pages scanned since last reclaim"),
      ("spanned", "spanned_pages", "Total pages spanned by the zone, including holes"),
      ("present", "present_pages", "Physical pages existing within the zone"),
      ("managed", "managed_pages", "Present pages managed by the buddy system"),
      ("nr_active_anon", "nr_active_anon_pages", "Number of anonymous pages recently more used"),
      ("nr_inactive_anon", "nr_inactive_anon_pages", "Number of anonymous pages recently less used"),
      ("nr_isolated_anon", "nr_isolated_anon_pages", "Temporary isolated pages from anon lru"),
      ("nr_anon_pages", "nr_anon_pages", "Number of anonymous pages currently used by the system"),
      (
        "nr_anon_transparent_hugepages", "nr_anon_transparent_hugepages",
        "Number of anonymous transparent huge pages currently used by the system"
      ),
      ("nr_active_file", "nr_active_file_pages", "Number of active pages with file-backing"),
      ("nr_inactive_file", "nr_inactive_file_pages", "Number of inactive pages with file-backing"),
      ("nr_isolated_file", "nr_isolated_file_pages", "Temporary isolated pages from file lru"),
      ("nr_file_pages", "nr_file_pages", "Number of file pages"),
      ("nr_slab_reclaimable", "nr_slab_reclaimable_pages", "Number of reclaimable slab pages"),
      ("nr_slab_unreclaimable", "nr_slab_unreclaimable_pages", "Number of unreclaimable slab pages"),
      ("nr_mlock_stack", "nr_mlock_stack_pages", "mlock()ed pages found and moved off LRU"),
      ("nr_kernel_stack", "nr_kernel_stacks", "Number of kernel stacks"),
      ("nr_mapped", "nr_mapped_pages", "Number of mapped pages"),
      ("nr_dirty", "nr_dirty_pages", "Number of dirty pages"),
      ("nr_writeback", "nr_writeback_pages", "Number of writeback pages"),
      ("nr_unevictable", "nr_unevictable_pages", "Number of unevictable pages"),
      ("nr_shmem", "nr_shmem_pages", "Number of shmem pages (included tmpfs/GEM pages)"),
    ]

    private static let counters: [(field: String, name: String, help: String)] = [
      ("nr_dirtied", "nr_dirtied_total", "Page dirtyings since bootup"),
      ("nr_written", "nr_written_total", "Page writings since bootup"),
      ("numa_hit", "numa_hit_total", "Allocated in intended node"),
      ("numa_miss", "numa_miss_total", "Allocated in non intended node"),
      ("numa_foreign", "numa_foreign_total", "Was intended here, hit elsewhere"),
      ("numa_interleave", "numa_interleave_total", "Interleaver preferred this zone"),
      ("numa_local", "numa_local_total", "Allocation from local node"),
      ("numa_other", "numa_other_total", "Allocation from other node"),
    ]
  }
}
