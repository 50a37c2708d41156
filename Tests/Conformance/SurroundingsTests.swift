import Foundation
import TestSupport
import Testing

/// What a parent may leave an exporter with.
@Suite("Every exporter: surroundings", .timeLimit(.minutes(1)))
struct SurroundingsTests {
  @Test("a low soft limit of files is raised, and closed standard descriptors do no harm")
  func inherited() async throws {
    let (directory, port) = (try TemporaryDirectory("surroundings"), try FreePorts.next())
    let script = "ulimit -Sn 64; exec \"$0\" \"$@\" <&- >&- 2>&-"
    let server = try await ServerProcess(
      "server",
      ["/bin/sh", "-c", script, try Binaries.path(of: "node-exporter"), "--web.listen-address=127.0.0.1:\(port)"],
      in: directory)
    let client = HTTPClient("http://127.0.0.1:\(port)")
    try await client.wait(for: "/-/ready")
    for _ in 0..<2 {
      let page = try await client.send("GET", "/metrics").text
      #expect(page.contains("\nnode_load1 ") && page.contains("node_scrape_collector_success{collector=\"netdev\"} 1"))
    }
    let limits = try String(contentsOfFile: "/proc/\(server.pid)/limits", encoding: .utf8)
    let files = try #require(limits.firstMatch(of: /Max open files +(\d+) +(\d+)/))
    #expect(files.1 == files.2 && files.1 != "64")
  }
}
