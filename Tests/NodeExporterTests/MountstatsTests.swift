import ExporterKit
import Testing

@testable import NodeExporter

@Suite("mountstats")
struct MountstatsTests {
  private static let events = (0..<27).map { String(300 + $0) }.joined(separator: " ")

  private func mount(_ export: String, _ transports: String, type: String = "nfs4") -> String {
    """
    device \(export) mounted on /mnt with fstype \(type) statvers=1.1
    \topts:\trw,vers=4.0
    \tage:\t100
    \tevents:\t\(Self.events)
    \tbytes:\t1 2 3 4 5 6 7 8
    \tRPC iostats version: 1.0  p/v: 100003/4 (nfs)
    \(transports)\tper-op statistics
    \t        READ: 10 11 12 13 14 1500 1600 1700 9
    \t       WRITE: 1 2 3 4 5 18446744073709551615 0 0
    \t       short: 1 2


    """
  }

  private static let tcp = "\txprt:\ttcp 832 1 2 3 4 5 6 7 8 9 10 11 12\n"
  private static let udp = "\txprt:\tudp 832 1 5 6 7 8 9 10 11 12\n"

  private func series(_ mountstats: String, _ mountinfo: String) throws -> [String: Double] {
    try StorageTree(["proc/self/mountstats": mountstats, "proc/self/mountinfo": mountinfo])
      .series(MountstatsCollector(.none))
  }

  @Test("a mount's bytes, events, transport and operations, with the server's address")
  func all() throws {
    let series = try series(
      "device rootfs mounted on / with fstype rootfs\n" + mount("s:/a", Self.tcp),
      "1 0 0:1 / / rw - rootfs rootfs rw\n2 1 0:40 / /mnt rw - nfs4 s:/a rw,addr=10.0.0.9,clientaddr=10.0.0.1\n")
    let labels = "export=\"s:/a\",mountaddr=\"10.0.0.9\""
    func value(_ name: String, _ extra: String = "") -> Double? {
      let middle = extra.hasPrefix("transport") ? "protocol=\"tcp\",\(extra)" : "\(extra)protocol=\"tcp\""
      return series["node_mountstats_nfs_\(name){\(labels),\(middle)}"]
    }
    #expect(value("age_seconds_total") == 100)
    #expect(value("read_bytes_total") == 1)
    #expect(value("total_write_bytes_total") == 6)
    #expect(value("write_pages_total") == 8)
    #expect(value("event_inode_revalidate_total") == 300)
    // The 19th is nobody's (congestion wait).
    #expect(value("event_vfs_file_release_total") == 317)
    #expect(value("event_truncation_total") == 319)
    #expect(value("event_pnfs_write_total") == 326)
    let transport = "transport=\"0\""
    #expect(value("transport_bind_total", transport) == 1)
    #expect(value("transport_connect_total", transport) == 2)
    #expect(value("transport_idle_time_seconds", transport) == 4)
    #expect(value("transport_sends_total", transport) == 5)
    #expect(value("transport_receives_total", transport) == 6)
    #expect(value("transport_bad_transaction_ids_total", transport) == 7)
    #expect(value("transport_backlog_queue_total", transport) == 9)
    #expect(value("transport_maximum_rpc_slots", transport) == 10)
    #expect(value("transport_sending_queue_total", transport) == 11)
    #expect(value("transport_pending_queue_total", transport) == 12)
    let read = "operation=\"READ\","
    #expect(value("operations_requests_total", read) == 10)
    #expect(value("operations_major_timeouts_total", read) == 12)
    #expect(value("operations_received_bytes_total", read) == 14)
    #expect(value("operations_queue_time_seconds_total", read) == 1.5)
    #expect(value("operations_response_time_seconds_total", read) == 1.6)
    #expect(value("operations_request_time_seconds_total", read) == 1.7)
    // 2^64 − 1 is 2^53 − 1 beyond a multiple of 2^53.
    #expect(value("operations_queue_time_seconds_total", "operation=\"WRITE\",") == 9_007_199_254_740_991 * 0.001)
    #expect(series.count == 1 + 8 + 26 + 10 + 2 * 8)
  }

  @Test("UDP counts no connections, and several transports of a mount are numbered")
  func transports() throws {
    let udp = try series(mount("s:/a", Self.udp, type: "nfs"), "")
    let labels = "{export=\"s:/a\",mountaddr=\"\",protocol=\"udp\",transport=\"0\"}"
    #expect(udp["node_mountstats_nfs_transport_connect_total\(labels)"] == 0)
    #expect(udp["node_mountstats_nfs_transport_idle_time_seconds\(labels)"] == 0)
    #expect(udp["node_mountstats_nfs_transport_sends_total\(labels)"] == 5)
    #expect(udp["node_mountstats_nfs_transport_pending_queue_total\(labels)"] == 12)
    let several = try series(mount("s:/a", Self.tcp + Self.tcp), "")
    #expect(several.keys.count { $0.hasPrefix("node_mountstats_nfs_transport_sends_total") } == 2)
    #expect(several["node_mountstats_nfs_age_seconds_total{export=\"s:/a\",mountaddr=\"\",protocol=\"tcp\"}"] == 100)
  }

  @Test("an export that is mounted twice counts once, unless its server is another")
  func duplicates() throws {
    let stats = mount("s:/a", Self.tcp) + mount("s:/a", Self.tcp) + mount("s:/a", Self.tcp)
    let series = try series(
      stats,
      "1 0 0:1 / /a rw - nfs s:/a rw,addr=1\n2 0 0:1 / /b rw - nfs s:/a rw,addr=1\n3 0 0:1 / /c rw - nfs s:/a addr=2\n")
    #expect(series.keys.count { $0.hasPrefix("node_mountstats_nfs_age_seconds_total") } == 2)
    #expect(!series.values.contains { $0.isNaN })
  }

  @Test("it is off by default, and without NFS has no series")
  func absent() throws {
    #expect(!MountstatsCollector(.none).isDefault)
    #expect(try series("device rootfs mounted on / with fstype rootfs\n", "") == [:])
    #expect(throws: HostError.self) { try StorageTree().series(MountstatsCollector(.none)) }
  }
}
