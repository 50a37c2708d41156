import MetricModel

extension Host {
  /// `/proc/self/mountstats`: NFS as each mount sees it.
  package enum Mountstats {
    package struct Mount: LabelSet {
      package static let labelNames = ["export", "protocol", "mountaddr"]
      package let labelValues: [String]
      package init(export: String, `protocol`: String, mountaddr: String) {
        labelValues = [export, `protocol`, mountaddr]
      }
    }

    package enum OperationKey: LabelKey { package static let name = "operation" }
    package typealias Operation = OpenValue<OperationKey>
    package enum TransportKey: LabelKey { package static let name = "transport" }
    package typealias Transport = OpenValue<TransportKey>

    package static let ageSeconds = Family<Counter, Mount>(
      "node_mountstats_nfs_age_seconds_total", "The age of the NFS mount in seconds.", unit: .seconds, use: parity)
    package static let readBytes = Family<Counter, Mount>(
      "node_mountstats_nfs_read_bytes_total",
      "Number of bytes read using the read() syscall.", unit: .bytes, use: parity)
    package static let writeBytes = Family<Counter, Mount>(
      "node_mountstats_nfs_write_bytes_total",
      "Number of bytes written using the write() syscall.", unit: .bytes, use: parity)
    package static let directReadBytes = Family<Counter, Mount>(
      "node_mountstats_nfs_direct_read_bytes_total",
      "Number of bytes read using the read() syscall in O_DIRECT mode.", unit: .bytes, use: parity)
    package static let directWriteBytes = Family<Counter, Mount>(
      "node_mountstats_nfs_direct_write_bytes_total",
      "Number of bytes written using the write() syscall in O_DIRECT mode.", unit: .bytes, use: parity)
    package static let totalReadBytes = Family<Counter, Mount>(
      "node_mountstats_nfs_total_read_bytes_total",
      "Number of bytes read from the NFS server, in total.", unit: .bytes, use: parity)
    package static let totalWriteBytes = Family<Counter, Mount>(
      "node_mountstats_nfs_total_write_bytes_total",
      "Number of bytes written to the NFS server, in total.", unit: .bytes, use: parity)
    package static let readPages = Family<Counter, Mount>(
      "node_mountstats_nfs_read_pages_total", "Number of pages read directly via mmap()'d files.", use: parity)
    package static let writePages = Family<Counter, Mount>(
      "node_mountstats_nfs_write_pages_total", "Number of pages written directly via mmap()'d files.", use: parity)
    package static let transportBind = Family<Counter, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_bind_total",
      "Number of times the client has had to establish a connection from scratch to the NFS server.", use: parity)
    package static let transportConnect = Family<Counter, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_connect_total",
      "Number of times the client has made a TCP connection to the NFS server.", use: parity)
    package static let transportIdleTimeSeconds = Family<Gauge, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_idle_time_seconds",
      "Duration since the NFS mount last saw any RPC traffic, in seconds.", unit: .seconds, use: parity)
    package static let transportSends = Family<Counter, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_sends_total",
      "Number of RPC requests for this mount sent to the NFS server.", use: parity)
    package static let transportReceives = Family<Counter, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_receives_total",
      "Number of RPC responses for this mount received from the NFS server.", use: parity)
    package static let transportBadTransactionIds = Family<Counter, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_bad_transaction_ids_total",
      "Number of times the NFS server sent a response with a transaction ID unknown to this client.", use: parity)
    package static let transportBacklogQueue = Family<Counter, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_backlog_queue_total",
      "Total number of items added to the RPC backlog queue.", use: parity)
    package static let transportMaximumRpcSlots = Family<Gauge, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_maximum_rpc_slots",
      "Maximum number of simultaneously active RPC requests ever used.", use: parity)
    package static let transportSendingQueue = Family<Counter, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_sending_queue_total",
      "Total number of items added to the RPC transmission sending queue.", use: parity)
    package static let transportPendingQueue = Family<Counter, Pair<Mount, Transport>>(
      "node_mountstats_nfs_transport_pending_queue_total",
      "Total number of items added to the RPC transmission pending queue.", use: parity)
    package static let operationsRequests = Family<Counter, Pair<Mount, Operation>>(
      "node_mountstats_nfs_operations_requests_total",
      "Number of requests performed for a given operation.", use: parity)
    package static let operationsTransmissions = Family<Counter, Pair<Mount, Operation>>(
      "node_mountstats_nfs_operations_transmissions_total",
      "Number of times an actual RPC request has been transmitted for a given operation.", use: parity)
    package static let operationsMajorTimeouts = Family<Counter, Pair<Mount, Operation>>(
      "node_mountstats_nfs_operations_major_timeouts_total",
      "Number of times a request has had a major timeout for a given operation.", use: parity)
    package static let operationsSentBytes = Family<Counter, Pair<Mount, Operation>>(
      "node_mountstats_nfs_operations_sent_bytes_total",
      "Number of bytes sent for a given operation, including RPC headers and payload.", unit: .bytes, use: parity)
    package static let operationsReceivedBytes = Family<Counter, Pair<Mount, Operation>>(
      "node_mountstats_nfs_operations_received_bytes_total",
      "Number of bytes received for a given operation, including RPC headers and payload.", unit: .bytes, use: parity)
    package static let operationsQueueTimeSeconds = Family<Counter, Pair<Mount, Operation>>(
      "node_mountstats_nfs_operations_queue_time_seconds_total",
      "Duration all requests spent queued for transmission for a given operation before they were sent, in seconds.",
      unit: .seconds, use: parity)
    package static let operationsResponseTimeSeconds = Family<Counter, Pair<Mount, Operation>>(
      "node_mountstats_nfs_operations_response_time_seconds_total",
      "Duration all requests took to get a reply back after a request for a given operation was transmitted, in "
        + "seconds.", unit: .seconds, use: parity)
    package static let operationsRequestTimeSeconds = Family<Counter, Pair<Mount, Operation>>(
      "node_mountstats_nfs_operations_request_time_seconds_total",
      "Duration all requests took from when a request was enqueued to when it was completely handled for a given "
        + "operation, in seconds.", unit: .seconds, use: parity)

    package static let all: [FamilyDescriptor] = [
      ageSeconds.descriptor, readBytes.descriptor, writeBytes.descriptor, directReadBytes.descriptor,
      directWriteBytes.descriptor, totalReadBytes.descriptor, totalWriteBytes.descriptor, readPages.descriptor,
      writePages.descriptor, transportBind.descriptor, transportConnect.descriptor,
      transportIdleTimeSeconds.descriptor, transportSends.descriptor, transportReceives.descriptor,
      transportBadTransactionIds.descriptor, transportBacklogQueue.descriptor, transportMaximumRpcSlots.descriptor,
      transportSendingQueue.descriptor, transportPendingQueue.descriptor, operationsRequests.descriptor,
      operationsTransmissions.descriptor, operationsMajorTimeouts.descriptor, operationsSentBytes.descriptor,
      operationsReceivedBytes.descriptor, operationsQueueTimeSeconds.descriptor,
      operationsResponseTimeSeconds.descriptor, operationsRequestTimeSeconds.descriptor,
    ]
  }
}
