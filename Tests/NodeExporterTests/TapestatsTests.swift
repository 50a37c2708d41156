import ExporterKit
import Testing

@testable import NodeExporter

@Suite("tapestats")
struct TapestatsTests {
  private static let files = [
    "in_flight": "1", "io_ns": "2500000000", "other_cnt": "3", "read_byte_cnt": "4", "read_cnt": "5",
    "read_ns": "6000000000", "resid_cnt": "7", "write_byte_cnt": "8", "write_cnt": "9", "write_ns": "500000000",
  ]

  private func tree() throws -> StorageTree {
    var files = ["sys/class/scsi_tape/st1/stats/read_cnt": "77\n"]
    for (name, value) in Self.files {
      files["sys/class/scsi_tape/st0/stats/\(name)"] = value + "\n"
      files["sys/class/scsi_tape/nst0/stats/\(name)"] = value + "\n"
      files["sys/class/scsi_tape/st0a/stats/\(name)"] = value + "\n"
    }
    return try StorageTree(files)
  }

  @Test("a drive is exported once, whatever its modes, and its times are seconds")
  func all() throws {
    let series = try tree().series(try TapestatsCollector(.none))
    let expected: [String: Double] = [
      "io_now": 1, "io_time_seconds_total": 2.5, "io_others_total": 3, "read_bytes_total": 4,
      "reads_completed_total": 5, "read_time_seconds_total": 6, "residual_total": 7, "written_bytes_total": 8,
      "writes_completed_total": 9, "write_time_seconds_total": 0.5,
    ]
    for (name, value) in expected {
      let found = try #require(series["node_tape_\(name){device=\"st0\"}"])
      #expect(abs(found - value) < 1e-9, "\(name)")
    }
    #expect(series["node_tape_reads_completed_total{device=\"st1\"}"] == 77)
    #expect(series.count == expected.count + 1)
  }

  @Test("a flag leaves drives out")
  func ignored() throws {
    let flags = try flagValues(["--collector.tapestats.ignored-devices=^st0$"], of: TapestatsCollector.flags)
    #expect(try tree().series(try TapestatsCollector(flags)).count == 1)
  }

  @Test("a host without tapes has nothing to read")
  func absent() {
    #expect(throws: NothingToRead.self) { try StorageTree().series(try TapestatsCollector(.none)) }
  }
}
