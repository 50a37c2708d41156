import Testing

@testable import NodeExporter

@Suite("Collector softnet")
struct SoftnetTests {
  private static let names = [
    "processed_total", "dropped_total", "times_squeezed_total", "cpu_collision_total", "received_rps_total",
    "flow_limit_count_total", "backlog_len",
  ]

  private func row(_ page: [String: Double], _ cpu: Int) -> [Double?] {
    Self.names.map { page[#"node_softnet_\#($0){cpu="\#(cpu)"}"#] }
  }

  @Test("today's kernels say which processor a line is of: those that are offline have none")
  func today() throws {
    let text = """
      0000000a 00000001 00000002 00000000 00000000 00000000 00000000 00000000 00000003 00000004 00000005 00000006 00000000
      ffffffff 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000011

      """
    let page = try ProcfsTree(["proc/net/softnet_stat": text]).read(SoftnetCollector.self)
    #expect(row(page, 0) == [10, 1, 2, 3, 4, 5, 6])
    #expect(row(page, 17) == [4_294_967_295, 0, 0, 0, 0, 0, 0])
    #expect(page.count == 14)
  }

  @Test("older kernels have fewer columns, and count their lines")
  func older() throws {
    let text = "1 2 3 0 0 0 0 0 4\n5 6 7 0 0 0 0 0 8 9 a\n"
    let page = try ProcfsTree(["proc/net/softnet_stat": text]).read(SoftnetCollector.self)
    #expect(row(page, 0) == [1, 2, 3, 4, 0, 0, 0])
    #expect(row(page, 1) == [5, 6, 7, 8, 9, 10, 0])
  }

  @Test("a line that is too short is a failure")
  func damaged() throws {
    let tree = try ProcfsTree(["proc/net/softnet_stat": "1 2 3 0 0 0 0 0\n"])
    #expect(throws: HostFormatError.self) { try tree.read(SoftnetCollector.self) }
  }
}
