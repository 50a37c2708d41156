import ExporterKit
import Testing

@testable import NodeExporter

@Suite("drbd")
struct DrbdTests {
  @Test("two devices, one of them alone")
  func all() throws {
    let series = try StorageTree([
      "proc/drbd": """
      version: 8.4.3 (api:1/proto:86-101)
      srcversion: 1A9F77B1CA5FF92235C2213

       0: cs:Connected ro:Primary/Secondary ds:UpToDate/UpToDate C r-----
          ns:1 nr:2 dw:3 dr:4 al:5 bm:6 lo:7 pe:8 ua:9 ap:10 ep:11 wo:d oos:12
       7: cs:WFConnection ro:Secondary/Unknown ds:Inconsistent/DUnknown C r-----
          ns:x oos:1

      """
    ]).series(DrbdCollector(.none))
    let (first, second) = ("device=\"drbd0\"", "device=\"drbd7\"")
    let expected: [String: Double] = [
      "connected{\(first)}": 1, "node_role_is_primary{\(first),node=\"local\"}": 1,
      "node_role_is_primary{\(first),node=\"remote\"}": 0, "disk_state_is_up_to_date{\(first),node=\"local\"}": 1,
      "disk_state_is_up_to_date{\(first),node=\"remote\"}": 1, "network_sent_bytes_total{\(first)}": 1024,
      "network_received_bytes_total{\(first)}": 2, "disk_written_bytes_total{\(first)}": 3072,
      "disk_read_bytes_total{\(first)}": 4096, "activitylog_writes_total{\(first)}": 5,
      "bitmap_writes_total{\(first)}": 6, "local_pending{\(first)}": 7, "remote_pending{\(first)}": 8,
      "remote_unacknowledged{\(first)}": 9, "application_pending{\(first)}": 10, "epochs{\(first)}": 11,
      "out_of_sync_bytes{\(first)}": 12_288,
      "connected{\(second)}": 0, "node_role_is_primary{\(second),node=\"local\"}": 0,
      "node_role_is_primary{\(second),node=\"remote\"}": 0, "disk_state_is_up_to_date{\(second),node=\"local\"}": 0,
      "disk_state_is_up_to_date{\(second),node=\"remote\"}": 0, "out_of_sync_bytes{\(second)}": 1024,
    ]
    #expect(series == Dictionary(uniqueKeysWithValues: expected.map { ("node_drbd_" + $0.key, $0.value) }))
  }

  @Test("it is off by default, and without the file has nothing to read")
  func absent() {
    #expect(!DrbdCollector(.none).isDefault)
    #expect(throws: NothingToRead.self) { try StorageTree().series(DrbdCollector(.none)) }
  }
}
