import ExporterKit
import Testing

@testable import NodeExporter

@Suite("ipvs")
struct IpvsTests {
  private static let files = [
    "proc/net/ip_vs_stats": """
       Total Incoming Outgoing         Incoming         Outgoing
       Conns  Packets  Packets            Bytes            Bytes
          1F       20        A             1000                0

     Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s
           0        0        0                0                0
    """,
    "proc/net/ip_vs": """
    IP Virtual Server version 1.2.1 (size=4096)
    Prot LocalAddress:Port Scheduler Flags
      -> RemoteAddress:Port Forward Weight ActiveConn InActConn
    TCP  0A000001:0050 wlc
      -> 0A00000A:1F90      Masq    3      40         2
      -> 0A00000B:1F90      Masq    1      60         4
      -> bad
    UDP  [fd00:0000:0000:0000:0000:0000:0000:0001]:0035 rr
      -> [fd00:0000:0000:0000:0000:0000:0000:000a]:0035      Route   1      5          6
    FWM  00000007 wlc
      -> C0A80101:01BB      Tunnel  9      8          7
    TCP  nonsense wlc
      -> C0A80102:01BB      Tunnel  9      8          7
    """,
  ]

  @Test("totals in hexadecimal, backends by address, and by mark")
  func all() throws {
    func backend(_ what: String, _ local: String, _ port: Int, _ remote: String, _ remotePort: Int, _ rest: String)
      -> String
    {
      "node_ipvs_backend_\(what){local_address=\"\(local)\",local_port=\"\(port)\",remote_address=\"\(remote)\","
        + "remote_port=\"\(remotePort)\",\(rest)"
    }
    let series = try HardwareHost(Self.files).read(IpvsCollector.self)
    for expected in [
      "node_ipvs_connections_total 31", "node_ipvs_incoming_packets_total 32", "node_ipvs_outgoing_packets_total 10",
      "node_ipvs_incoming_bytes_total 4096", "node_ipvs_outgoing_bytes_total 0",
      backend("weight", "10.0.0.1", 80, "10.0.0.10", 8080, "proto=\"TCP\",local_mark=\"\"} 3"),
      backend("connections_active", "10.0.0.1", 80, "10.0.0.11", 8080, "proto=\"TCP\",local_mark=\"\"} 60"),
      backend("connections_inactive", "fd00::1", 53, "fd00::a", 53, "proto=\"UDP\",local_mark=\"\"} 6"),
      backend("weight", "", 0, "192.168.1.1", 443, "proto=\"FWM\",local_mark=\"00000007\"} 9"),
    ] {
      #expect(series.contains(expected), "\(expected)")
    }
    #expect(series.count == 5 + 4 * 3)
  }

  @Test("backends that the chosen labels do not tell apart are added up")
  func labels() throws {
    let host = try HardwareHost(Self.files)
    let chosen = try host.read(IpvsCollector.self, "--collector.ipvs.backend-labels=proto,local_port")
    // In the order of the standard exporter, whatever the flag's.
    #expect(chosen.contains("node_ipvs_backend_connections_active{local_port=\"80\",proto=\"TCP\"} 100"))
    let none = try host.read(IpvsCollector.self, "--collector.ipvs.backend-labels=")
    #expect(none.contains("node_ipvs_backend_weight 14"))
    #expect(throws: FlagMistake("--collector.ipvs.backend-labels no conoce colour")) {
      try host.read(IpvsCollector.self, "--collector.ipvs.backend-labels=colour,proto")
    }
  }

  @Test("without the module there is nothing to read; totals that are cut are a failure")
  func broken() throws {
    let absent = try HardwareHost([:])
    #expect(throws: NothingToRead.self) { try absent.read(IpvsCollector.self) }
    let short = try HardwareHost(["proc/net/ip_vs_stats": "a\nb\n1 2 3\n", "proc/net/ip_vs": ""])
    #expect(throws: HostFormatError.self) { try short.read(IpvsCollector.self) }
  }
}
