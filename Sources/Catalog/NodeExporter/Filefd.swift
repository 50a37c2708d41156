import MetricModel

extension Host {
  /// `/proc/sys/fs/file-nr`.
  package enum Filefd {
    package static let allocated = Family<Gauge, NoLabels>(
      "node_filefd_allocated", "File descriptor statistics: allocated.", use: parity)
    package static let maximum = Family<Gauge, NoLabels>(
      "node_filefd_maximum", "File descriptor statistics: maximum.", use: parity)

    package static let all: [FamilyDescriptor] = [allocated.descriptor, maximum.descriptor]
  }
}
