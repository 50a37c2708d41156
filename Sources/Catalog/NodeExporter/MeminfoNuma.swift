import MetricModel

extension Host {
  /// `/sys/devices/system/node`: one of the groups whose families the kernel chooses, by the names of its lines.
  package enum MeminfoNuma {
    package enum NodeKey: LabelKey { package static let name = "node" }
    /// The number of a memory node.
    package typealias Node = OpenValue<NodeKey>

    /// - Parameter field: of `meminfo`, or of `numastat` with `_total` behind it, in the alphabet of metric names.
    package static func family(_ field: String) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_memory_numa_\(field)", help: "Memory information field \(field).",
        kind: field.hasSuffix("_total") ? .counter : .gauge, labelNames: Node.labelNames, use: parity)
    }

    package static let all: [FamilyDescriptor] = []
  }
}
