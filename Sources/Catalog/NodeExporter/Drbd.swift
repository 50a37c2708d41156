import MetricModel

extension Host {
  /// `/proc/drbd`, which DRBD has up to version 8.4.
  package enum Drbd {
    package enum NodeKey: LabelKey { package static let name = "node" }
    package typealias Node = OpenValue<NodeKey>

    package static let networkSentBytes = Family<Counter, Device>(
      "node_drbd_network_sent_bytes_total", "Total number of bytes sent via the network.", unit: .bytes, use: parity)
    package static let networkReceivedBytes = Family<Counter, Device>(
      "node_drbd_network_received_bytes_total",
      "Total number of bytes received via the network.", unit: .bytes, use: parity)
    package static let diskWrittenBytes = Family<Counter, Device>(
      "node_drbd_disk_written_bytes_total", "Net data written on local hard disk; in bytes.", unit: .bytes, use: parity)
    package static let diskReadBytes = Family<Counter, Device>(
      "node_drbd_disk_read_bytes_total", "Net data read from local hard disk; in bytes.", unit: .bytes, use: parity)
    package static let activitylogWrites = Family<Counter, Device>(
      "node_drbd_activitylog_writes_total", "Number of updates of the activity log area of the meta data.", use: parity)
    package static let bitmapWrites = Family<Counter, Device>(
      "node_drbd_bitmap_writes_total", "Number of updates of the bitmap area of the meta data.", use: parity)
    package static let localPending = Family<Gauge, Device>(
      "node_drbd_local_pending", "Number of open requests to the local I/O sub-system.", use: parity)
    package static let remotePending = Family<Gauge, Device>(
      "node_drbd_remote_pending",
      "Number of requests sent to the peer, but that have not yet been answered by the latter.", use: parity)
    package static let remoteUnacknowledged = Family<Gauge, Device>(
      "node_drbd_remote_unacknowledged",
      "Number of requests received by the peer via the network connection, but that have not yet been answered.",
      use: parity)
    package static let applicationPending = Family<Gauge, Device>(
      "node_drbd_application_pending",
      "Number of block I/O requests forwarded to DRBD, but not yet answered by DRBD.", use: parity)
    package static let epochs = Family<Gauge, Device>(
      "node_drbd_epochs", "Number of Epochs currently on the fly.", use: parity)
    package static let outOfSyncBytes = Family<Gauge, Device>(
      "node_drbd_out_of_sync_bytes", "Amount of data known to be out of sync; in bytes.", unit: .bytes, use: parity)
    package static let nodeRoleIsPrimary = Family<Gauge, Pair<Device, Node>>(
      "node_drbd_node_role_is_primary", "Whether the role of the node is in the primary state.", use: parity)
    package static let diskStateIsUpToDate = Family<Gauge, Pair<Device, Node>>(
      "node_drbd_disk_state_is_up_to_date", "Whether the disk of the node is up to date.", use: parity)
    package static let connected = Family<Gauge, Device>(
      "node_drbd_connected", "Whether DRBD is connected to the peer.", use: parity)

    package static let all: [FamilyDescriptor] = [
      networkSentBytes.descriptor, networkReceivedBytes.descriptor, diskWrittenBytes.descriptor,
      diskReadBytes.descriptor, activitylogWrites.descriptor, bitmapWrites.descriptor, localPending.descriptor,
      remotePending.descriptor, remoteUnacknowledged.descriptor, applicationPending.descriptor, epochs.descriptor,
      outOfSyncBytes.descriptor, nodeRoleIsPrimary.descriptor, diskStateIsUpToDate.descriptor, connected.descriptor,
    ]
  }
}
