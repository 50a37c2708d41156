import MetricModel

extension Host {
  /// os-release(5).
  package enum Os {
    package struct InfoLabels: LabelSet {
      package static let labelNames = [
        "build_id", "id", "id_like", "image_id", "image_version", "name", "pretty_name", "variant", "variant_id",
        "version", "version_codename", "version_id",
      ]
      package let labelValues: [String]
      /// - Parameter values: in the order of the names.
      package init(_ values: [String]) { labelValues = values }
    }

    package struct VersionLabels: LabelSet {
      package static let labelNames = ["id", "id_like", "name"]
      package let labelValues: [String]
      package init(id: String, idLike: String, name: String) { labelValues = [id, idLike, name] }
    }

    package static let info = Family<Gauge, InfoLabels>(
      "node_os_info",
      "A metric with a constant '1' value labeled by build_id, id, id_like, image_id, image_version, name, "
        + "pretty_name, variant, variant_id, version, version_codename, version_id.", use: parity)
    package static let version = Family<Gauge, VersionLabels>(
      "node_os_version", "Metric containing the major.minor part of the OS version.", use: parity)
    package static let supportEnd = Family<Gauge, NoLabels>(
      "node_os_support_end_timestamp_seconds", "Metric containing the end-of-life date timestamp of the OS.",
      unit: .seconds, use: parity)

    package static let all: [FamilyDescriptor] = [info.descriptor, version.descriptor, supportEnd.descriptor]
  }
}
