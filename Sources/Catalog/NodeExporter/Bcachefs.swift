import MetricModel

extension Host {
  /// `/sys/fs/bcachefs/UUID`.
  package enum Bcachefs {
    package enum UUIDKey: LabelKey { package static let name = "uuid" }
    package typealias UUID = OpenValue<UUIDKey>
    package enum AlgorithmKey: LabelKey { package static let name = "algorithm" }
    package typealias Algorithm = OpenValue<AlgorithmKey>
    package enum ErrorTypeKey: LabelKey { package static let name = "error_type" }
    package typealias ErrorType = OpenValue<ErrorTypeKey>
    package enum KindKey: LabelKey { package static let name = "type" }
    package typealias Kind = OpenValue<KindKey>

    package struct DeviceInfo: LabelSet {
      package static let labelNames = ["uuid", "device", "label", "state"]
      package let labelValues: [String]
      package init(uuid: String, device: String, label: String, state: String) {
        labelValues = [uuid, device, label, state]
      }
    }

    package struct DeviceIO: LabelSet {
      package static let labelNames = ["uuid", "device", "operation", "data_type"]
      package let labelValues: [String]
      package init(uuid: String, device: String, operation: String, dataType: String) {
        labelValues = [uuid, device, operation, dataType]
      }
    }

    package static let info = Family<Gauge, UUID>("node_bcachefs_info", "Filesystem information.", use: parity)
    package static let btreeCacheSizeBytes = Family<Gauge, UUID>(
      "node_bcachefs_btree_cache_size_bytes", "Btree cache memory usage in bytes.", unit: .bytes, use: parity)
    package static let compressionCompressedBytes = Family<Gauge, Pair<UUID, Algorithm>>(
      "node_bcachefs_compression_compressed_bytes", "Compressed size by algorithm.", unit: .bytes, use: parity)
    package static let compressionUncompressedBytes = Family<Gauge, Pair<UUID, Algorithm>>(
      "node_bcachefs_compression_uncompressed_bytes", "Uncompressed size by algorithm.", unit: .bytes, use: parity)
    package static let errors = Family<Counter, Pair<UUID, ErrorType>>(
      "node_bcachefs_errors_total", "Error count by error type.", use: parity)
    package static let btreeWrites = Family<Counter, Pair<UUID, Kind>>(
      "node_bcachefs_btree_writes_total", "Number of btree writes by type.", use: parity)
    package static let btreeWriteAverageSizeBytes = Family<Gauge, Pair<UUID, Kind>>(
      "node_bcachefs_btree_write_average_size_bytes", "Average btree write size by type.", unit: .bytes, use: parity)
    package static let deviceInfo = Family<Gauge, DeviceInfo>(
      "node_bcachefs_device_info", "Device information.", use: parity)
    package static let deviceBucketSizeBytes = Family<Gauge, Pair<UUID, Device>>(
      "node_bcachefs_device_bucket_size_bytes", "Bucket size in bytes.", unit: .bytes, use: parity)
    package static let deviceBuckets = Family<Gauge, Pair<UUID, Device>>(
      "node_bcachefs_device_buckets", "Total number of buckets.", use: parity)
    package static let deviceDurability = Family<Gauge, Pair<UUID, Device>>(
      "node_bcachefs_device_durability", "Device durability setting.", use: parity)
    package static let deviceIoDoneBytes = Family<Counter, DeviceIO>(
      "node_bcachefs_device_io_done_bytes_total",
      "IO bytes by operation type and data type.", unit: .bytes, use: parity)
    package static let deviceIoErrors = Family<Counter, Triple<UUID, Device, Kind>>(
      "node_bcachefs_device_io_errors_total", "IO errors by error type.", use: parity)

    /// `node_bcachefs_*_total`: the kernel names its counters, one file each, so that the descriptors are built of the
    /// names of the files, in the shape declared here.
    package static func counter(_ name: String) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_bcachefs_\(Host.metricName(name))_total",
        help: "Bcachefs counter \(name) since filesystem creation.", kind: .counter, labelNames: UUID.labelNames,
        use: parity)
    }

    package static let all: [FamilyDescriptor] = [
      info.descriptor, btreeCacheSizeBytes.descriptor, compressionCompressedBytes.descriptor,
      compressionUncompressedBytes.descriptor, errors.descriptor, btreeWrites.descriptor,
      btreeWriteAverageSizeBytes.descriptor, deviceInfo.descriptor, deviceBucketSizeBytes.descriptor,
      deviceBuckets.descriptor, deviceDurability.descriptor, deviceIoDoneBytes.descriptor, deviceIoErrors.descriptor,
    ]
  }
}
