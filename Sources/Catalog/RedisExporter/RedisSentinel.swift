import MetricModel

extension RedisInstance {
  /// `# Sentinel` of INFO, and `SENTINEL MASTERS`.
  package enum Sentinel {
    package static let masters = Family<Gauge, NoLabels>(
      "redis_sentinel_masters", "The number of masters this sentinel is watching", use: parity)
    package static let tilt = Family<Gauge, NoLabels>(
      "redis_sentinel_tilt", "Sentinel is in TILT mode", use: parity)
    package static let runningScripts = Family<Gauge, NoLabels>(
      "redis_sentinel_running_scripts", "Number of scripts in execution right now", use: parity)
    package static let scriptsQueueLength = Family<Gauge, NoLabels>(
      "redis_sentinel_scripts_queue_length", "Queue of user scripts to execute", use: parity)
    package static let simulateFailureFlags = Family<Gauge, NoLabels>(
      "redis_sentinel_simulate_failure_flags", "Failures simulations", use: parity)
    package static let masterStatus = Family<Gauge, Pair<WatchedMaster, MasterStatus>>(
      "redis_sentinel_master_status", "Master status on Sentinel", use: parity)
    package static let masterSlaves = Family<Gauge, WatchedMaster>(
      "redis_sentinel_master_slaves", "The number of slaves of the master", use: parity)
    package static let masterSentinels = Family<Gauge, WatchedMaster>(
      "redis_sentinel_master_sentinels", "The number of sentinels monitoring this master", use: parity)
    package static let masterOKSentinels = Family<Gauge, WatchedMaster>(
      "redis_sentinel_master_ok_sentinels", "The number of okay sentinels monitoring this master", use: parity)
    package static let masterOKSlaves = Family<Gauge, WatchedMaster>(
      "redis_sentinel_master_ok_slaves", "The number of okay slaves of the master", use: parity)
    package static let masterQuorum = Family<Gauge, WatchedMaster>(
      "redis_sentinel_master_setting_ckquorum", "Show the current ckquorum config for each master", use: parity)
    package static let masterFailoverTimeout = Family<Gauge, WatchedMaster>(
      "redis_sentinel_master_setting_failover_timeout",
      "Show the current failover-timeout config for each master", use: parity)
    package static let masterParallelSyncs = Family<Gauge, WatchedMaster>(
      "redis_sentinel_master_setting_parallel_syncs",
      "Show the current parallel-syncs config for each master", use: parity)
    package static let masterDownAfter = Family<Gauge, WatchedMaster>(
      "redis_sentinel_master_setting_down_after_milliseconds",
      "Show the current down-after-milliseconds config for each master", use: parity)
    package static let masterQuorumStatus = Family<Gauge, Pair<MasterName, QuorumMessage>>(
      "redis_sentinel_master_ckquorum_status", "Master ckquorum status", use: parity)

    package static let all: [FamilyDescriptor] = [
      masters.descriptor, tilt.descriptor, runningScripts.descriptor, scriptsQueueLength.descriptor,
      simulateFailureFlags.descriptor, masterStatus.descriptor, masterSlaves.descriptor, masterSentinels.descriptor,
      masterOKSentinels.descriptor, masterOKSlaves.descriptor, masterQuorum.descriptor,
      masterFailoverTimeout.descriptor, masterParallelSyncs.descriptor, masterDownAfter.descriptor,
      masterQuorumStatus.descriptor,
    ]
  }
}

package struct WatchedMaster: LabelSet {
  package static let labelNames = ["master_name", "master_address"]
  package let labelValues: [String]
  package init(name: String, address: String) { labelValues = [name, address] }
}

package enum MasterNameKey: LabelKey { package static let name = "master_name" }
package typealias MasterName = OpenValue<MasterNameKey>

package enum MasterStatusKey: LabelKey { package static let name = "master_status" }
package typealias MasterStatus = OpenValue<MasterStatusKey>

package enum QuorumMessageKey: LabelKey { package static let name = "message" }
package typealias QuorumMessage = OpenValue<QuorumMessageKey>
