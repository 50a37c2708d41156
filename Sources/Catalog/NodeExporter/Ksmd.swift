import MetricModel

extension Host {
  /// `/sys/kernel/mm/ksm`: merging of equal pages.
  package enum Ksmd {
    /// Files with a number each. The one in milliseconds is exported in seconds.
    package static let files: [(name: String, family: FamilyDescriptor)] =
      [("full_scans", counter("full_scans_total", of: "full_scans"))]
      + [
        "merge_across_nodes", "pages_shared", "pages_sharing", "pages_to_scan", "pages_unshared", "pages_volatile",
        "run",
      ]
      .map { ($0, gauge($0, of: $0)) }
    /// `sleep_millisecs`.
    package static let sleep = gauge("sleep_seconds", of: "sleep_millisecs")

    package static let all: [FamilyDescriptor] = files.map(\.family) + [sleep]

    private static func counter(_ name: String, of file: String) -> FamilyDescriptor {
      FamilyDescriptor(name: "node_ksmd_\(name)", help: "ksmd '\(file)' file.", kind: .counter, use: parity)
    }

    private static func gauge(_ name: String, of file: String) -> FamilyDescriptor {
      FamilyDescriptor(name: "node_ksmd_\(name)", help: "ksmd '\(file)' file.", kind: .gauge, use: parity)
    }
  }
}
