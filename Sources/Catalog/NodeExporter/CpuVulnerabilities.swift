import MetricModel

extension Host {
  /// Processor vulnerabilities and what the kernel does against them.
  package enum CpuVulnerabilities {
    package enum CodenameKey: LabelKey { package static let name = "codename" }
    package enum MitigationKey: LabelKey { package static let name = "mitigation" }
    package typealias Codename = OpenValue<CodenameKey>
    package typealias Mitigation = OpenValue<MitigationKey>

    package enum State: String, ClosedLabel {
      case notAffected = "not affected"
      case vulnerable
      case mitigation
      package static let labelName = "state"
      package static let count = 3
      package var labelValue: String { rawValue }
    }

    package static let info = Family<Gauge, Triple<Codename, State, Mitigation>>(
      "node_cpu_vulnerabilities_info",
      "Details of each CPU vulnerability reported by sysfs. The value of the series is an int encoded state of the "
        + "vulnerability. The same state is stored as a string in the label",
      use: parity)

    package static let all: [FamilyDescriptor] = [info.descriptor]
  }
}
