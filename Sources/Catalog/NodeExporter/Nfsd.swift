import MetricModel

extension Host {
  /// `/proc/net/rpc/nfsd`: this machine as a server of NFS.
  package enum Nfsd {
    package enum TransportProtocolKey: LabelKey { package static let name = "proto" }
    package typealias TransportProtocol = OpenValue<TransportProtocolKey>
    package enum ErrorKindKey: LabelKey { package static let name = "error" }
    package typealias ErrorKind = OpenValue<ErrorKindKey>

    package static let replyCacheHits = Family<Counter, NoLabels>(
      "node_nfsd_reply_cache_hits_total",
      "Total number of NFSd Reply Cache hits (client lost server response).", use: parity)
    package static let replyCacheMisses = Family<Counter, NoLabels>(
      "node_nfsd_reply_cache_misses_total",
      "Total number of NFSd Reply Cache an operation that requires caching (idempotent).", use: parity)
    package static let replyCacheNocache = Family<Counter, NoLabels>(
      "node_nfsd_reply_cache_nocache_total",
      "Total number of NFSd Reply Cache non-idempotent operations (rename/delete/…).", use: parity)
    package static let fileHandlesStale = Family<Counter, NoLabels>(
      "node_nfsd_file_handles_stale_total", "Total number of NFSd stale file handles", use: parity)
    package static let diskBytesRead = Family<Counter, NoLabels>(
      "node_nfsd_disk_bytes_read_total", "Total NFSd bytes read.", use: parity)
    package static let diskBytesWritten = Family<Counter, NoLabels>(
      "node_nfsd_disk_bytes_written_total", "Total NFSd bytes written.", use: parity)
    package static let serverThreads = Family<Gauge, NoLabels>(
      "node_nfsd_server_threads", "Total number of NFSd kernel threads that are running.", use: parity)
    package static let readAheadCacheSizeBlocks = Family<Gauge, NoLabels>(
      "node_nfsd_read_ahead_cache_size_blocks", "How large the read ahead cache is in blocks.", use: parity)
    package static let readAheadCacheNotFound = Family<Counter, NoLabels>(
      "node_nfsd_read_ahead_cache_not_found_total", "Total number of NFSd read ahead cache not found.", use: parity)
    package static let packets = Family<Counter, TransportProtocol>(
      "node_nfsd_packets_total", "Total NFSd network packets (sent+received) by protocol type.", use: parity)
    package static let connections = Family<Counter, NoLabels>(
      "node_nfsd_connections_total", "Total number of NFSd TCP connections.", use: parity)
    package static let rpcErrors = Family<Counter, ErrorKind>(
      "node_nfsd_rpc_errors_total", "Total number of NFSd RPC errors by error type.", use: parity)
    package static let serverRpcs = Family<Counter, NoLabels>(
      "node_nfsd_server_rpcs_total", "Total number of NFSd RPCs.", use: parity)
    package static let requests = Family<Counter, Pair<Nfs.Version, Nfs.Method>>(
      "node_nfsd_requests_total", "Total number NFSd Requests by method and protocol.", use: parity)

    package static let all: [FamilyDescriptor] = [
      replyCacheHits.descriptor, replyCacheMisses.descriptor, replyCacheNocache.descriptor,
      fileHandlesStale.descriptor, diskBytesRead.descriptor, diskBytesWritten.descriptor, serverThreads.descriptor,
      readAheadCacheSizeBlocks.descriptor, readAheadCacheNotFound.descriptor, packets.descriptor,
      connections.descriptor, rpcErrors.descriptor, serverRpcs.descriptor, requests.descriptor,
    ]
  }
}
