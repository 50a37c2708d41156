import MetricModel

extension Host {
  /// `/proc/mdstat` and `/sys/block/md*/md`: software RAID.
  package enum Mdadm {
    package enum StateKey: LabelKey { package static let name = "state" }
    package typealias State = OpenValue<StateKey>

    package static let state = Family<Gauge, Pair<Device, State>>(
      "node_md_state", "Indicates the state of md-device.", use: parity)
    package static let disks = Family<Gauge, Pair<Device, State>>(
      "node_md_disks", "Number of active/failed/spare disks of device.", use: parity)
    package static let disksRequired = Family<Gauge, Device>(
      "node_md_disks_required", "Total number of disks of device.", use: parity)
    package static let blocks = Family<Gauge, Device>(
      "node_md_blocks", "Total number of blocks on device.", use: parity)
    package static let blocksSynced = Family<Gauge, Device>(
      "node_md_blocks_synced", "Number of blocks synced on device.", use: parity)
    package static let raidDisks = Family<Gauge, Device>(
      "node_md_raid_disks", "Number of raid disks on device.", use: parity)
    package static let degraded = Family<Gauge, Device>(
      "node_md_degraded", "Number of degraded disks on device.", use: parity)

    package static let all: [FamilyDescriptor] = [
      state.descriptor, disks.descriptor, disksRequired.descriptor, blocks.descriptor, blocksSynced.descriptor,
      raidDisks.descriptor, degraded.descriptor,
    ]
  }
}
