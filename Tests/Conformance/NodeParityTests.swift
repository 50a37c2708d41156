import Foundation
import TestSupport
import Testing

/// Debian's node_exporter 1.5.0 beside ours, on the machine that runs the tests.
@Suite("Parity with the standard node exporter", .timeLimit(.minutes(2)))
struct NodeParityTests {
  private static let peer = "/usr/bin/prometheus-node-exporter"
  /// The process' own, Go's, and what ours calls as the contract has it.
  private static var own: Regex<Substring> { /go_.*|promhttp_.*|process_.*|node_exporter_build_info/ }
  /// Labels that newer versions of theirs have added, as ours has.
  private static let newerLabels: Set<String> = ["rotational", "adminstate"]
  /// What neither the clock nor the machine's work moves.
  private static var stable: Regex<Substring> {
    /node_(?:uname_info|os_info|os_version|dmi_info|memory_MemTotal_bytes|boot_time_seconds|selinux_enabled|disk_info|filefd_maximum|nf_conntrack_entries_limit|entropy_pool_size_bits|cooling_device_max_state|timex_tick_seconds|filesystem_(?:size_bytes|files|readonly|device_error)|network_(?:info|up|mtu_bytes|flags|speed_bytes|iface_id|iface_link|protocol_type|address_assign_type|transmit_queue_length)|cpu_scaling_frequency_(?:max|min)_hertz)/
  }

  private struct Series: Hashable {
    let name: String
    let labels: [String: String]
  }

  private static func read(_ text: String) -> (types: [String: String], values: [Series: Double]) {
    var types: [String: String] = [:]
    var values: [Series: Double] = [:]
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# TYPE ") {
        let words = line.split(separator: " ")
        types[String(words[2])] = String(words[3])
      } else if !line.hasPrefix("#"), let match = line.wholeMatch(of: /(\w+)(?:\{(.*)\})? (\S+)/) {
        let pairs = (match.2 ?? "").matches(of: /(\w+)="((?:[^"\\]|\\.)*)"/).map { (String($0.1), String($0.2)) }
        let labels = pairs.filter { !newerLabels.contains($0.0) }
        values[Series(name: String(match.1), labels: Dictionary(labels) { $1 })] = Double(match.3)
      }
    }
    return (types, values)
  }

  @Test("every family of theirs with its type, every series, and the values that stand still")
  func sideBySide() async throws {
    let directory = try TemporaryDirectory("peer")
    let port = try FreePorts.next()
    let peer = try await ServerProcess(
      // Debian turns this one on, upstream does not.
      "peer", [Self.peer, "--no-collector.systemd", "--web.listen-address=127.0.0.1:\(port)"], in: directory)
    let client = HTTPClient("http://127.0.0.1:\(port)")
    try await client.wait(for: "/metrics")
    let ours = try await RunningExporter("node-exporter")
    let theirs = Self.read(try await client.send("GET", "/metrics").text)
    let mine = Self.read(try await ours.send("GET", "/metrics").text)
    for (name, type) in theirs.types where name.wholeMatch(of: Self.own) == nil {
      #expect(mine.types[name] == type, "\(name)")
    }
    #expect(theirs.types.count > 150)
    var compared = 0
    for (series, value) in theirs.values where series.name.wholeMatch(of: Self.own) == nil {
      let own = try #require(mine.values[series], "\(series)")
      guard series.name.wholeMatch(of: Self.stable) != nil else { continue }
      compared += 1
      #expect(own == value, "\(series)")
    }
    #expect(compared > 20)
    try await peer.stop()
  }
}
