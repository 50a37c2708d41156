import MetricModel

extension Host {
  /// `/proc/slabinfo`, slabinfo(5).
  package enum Slabinfo {
    package enum SlabKey: LabelKey { package static let name = "slab" }
    /// The cache's name.
    package typealias Slab = OpenValue<SlabKey>

    package static let activeObjects = Family<Gauge, Slab>(
      "node_slabinfo_active_objects", "The number of objects that are currently active (i.e., in use).", use: parity)
    package static let objects = Family<Gauge, Slab>(
      "node_slabinfo_objects",
      "The total number of allocated objects (i.e., objects that are both in use and not in use).", use: parity)
    package static let objectSize = Family<Gauge, Slab>(
      "node_slabinfo_object_size_bytes", "The size of objects in this slab, in bytes.", unit: .bytes, use: parity)
    package static let objectsPerSlab = Family<Gauge, Slab>(
      "node_slabinfo_objects_per_slab", "The number of objects stored in each slab.", use: parity)
    package static let pagesPerSlab = Family<Gauge, Slab>(
      "node_slabinfo_pages_per_slab", "The number of pages allocated for each slab.", use: parity)

    package static let all: [FamilyDescriptor] = [
      activeObjects.descriptor, objects.descriptor, objectSize.descriptor, objectsPerSlab.descriptor,
      pagesPerSlab.descriptor,
    ]
  }
}
