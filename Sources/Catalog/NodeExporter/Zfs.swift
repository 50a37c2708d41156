import MetricModel

extension Host {
  /// `node_zfs_*`: the module names its statistics, and each version has others, so that the descriptors are built from
  /// the names in `/proc/spl/kstat/zfs`, in the shapes declared here.
  package enum Zfs {
    package enum PoolKey: LabelKey { package static let name = "zpool" }
    package typealias Pool = OpenValue<PoolKey>
    package enum StateKey: LabelKey { package static let name = "state" }
    package typealias State = OpenValue<StateKey>
    package enum DatasetKey: LabelKey { package static let name = "dataset" }
    package typealias Dataset = OpenValue<DatasetKey>

    /// What every name of the group begins with; nothing else does.
    package static let prefix = "node_zfs_"

    package static let zpoolState = Family<Gauge, Pair<Pool, State>>(
      "node_zfs_zpool_state", "kstat.zfs.misc.state", use: parity)

    package static let all: [FamilyDescriptor] = [zpoolState.descriptor]

    /// A statistic of the whole module.
    /// - Parameters:
    ///   - subsystem: for example `arc`.
    ///   - file: for example `arcstats`.
    ///   - field: as the file has it.
    package static func statistic(_ subsystem: String, file: String, field: String) -> FamilyDescriptor {
      family("\(subsystem)_\(Host.metricName(field))", "\(file).\(field)", [])
    }

    /// A column of a pool's `io`.
    package static func pool(_ field: String) -> FamilyDescriptor {
      family("zpool_\(Host.metricName(field))", "io.\(field)", Pool.labelNames)
    }

    /// A statistic of a dataset (`objset-*` of its pool).
    package static func dataset(_ field: String) -> FamilyDescriptor {
      family("zpool_dataset_\(Host.metricName(field))", "objset.\(field)", Pair<Pool, Dataset>.labelNames)
    }

    private static func family(_ name: String, _ statistic: String, _ labelNames: [String]) -> FamilyDescriptor {
      FamilyDescriptor(
        name: prefix + name, help: "kstat.zfs.misc.\(statistic)", kind: .unknown, labelNames: labelNames, use: parity)
    }
  }
}
