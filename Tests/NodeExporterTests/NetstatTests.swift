import MetricModel
import Testing

@testable import NodeExporter

@Suite("Collector netstat")
struct NetstatTests {
  private static let files = [
    "proc/net/netstat": """
    TcpExt: SyncookiesSent ListenDrops TW TCPOFOQueue
    TcpExt: 1 2 3 4
    IpExt: InNoRoutes InOctets OutOctets
    IpExt: 0 500 600

    """,
    "proc/net/snmp": """
    Ip: Forwarding DefaultTTL
    Ip: 1 64
    Tcp: RtoAlgorithm MaxConn ActiveOpens InErrs
    Tcp: 1 -1 77 5
    Udp: InDatagrams InErrors MemErrors
    Udp: 8 9 10

    """,
    "proc/net/snmp6":
      "Ip6InReceives 1\nIp6InOctets 11\nIcmp6InMsgs 12\nUdp6NoPorts \t13\nUdpLite6InErrors 14\nnosix 5\n",
  ]

  @Test("the fields that users ask for")
  func defaults() throws {
    let tree = try ProcfsTree(Self.files)
    #expect(
      try tree.read(NetstatCollector.self) == [
        "node_netstat_TcpExt_SyncookiesSent": 1, "node_netstat_TcpExt_ListenDrops": 2,
        "node_netstat_TcpExt_TCPOFOQueue": 4, "node_netstat_IpExt_InOctets": 500, "node_netstat_IpExt_OutOctets": 600,
        "node_netstat_Ip_Forwarding": 1, "node_netstat_Tcp_ActiveOpens": 77, "node_netstat_Tcp_InErrs": 5,
        "node_netstat_Udp_InDatagrams": 8, "node_netstat_Udp_InErrors": 9, "node_netstat_Ip6_InOctets": 11,
        "node_netstat_Icmp6_InMsgs": 12, "node_netstat_Udp6_NoPorts": 13, "node_netstat_UdpLite6_InErrors": 14,
      ])
    let family = try tree.families(NetstatCollector.self)["node_netstat_Tcp_InErrs"]
    #expect(family?.kind == .unknown)
    #expect(family?.help == "Statistic TcpInErrs.")
  }

  @Test("a flag chooses others; values may be negative")
  func chosen() throws {
    let page = try ProcfsTree(Self.files).read(NetstatCollector.self, "--collector.netstat.fields=^Tcp_(Rto|Max)")
    #expect(page == ["node_netstat_Tcp_RtoAlgorithm": 1, "node_netstat_Tcp_MaxConn": -1])
  }

  @Test("IPv6 may be off, IPv4 not")
  func absent() throws {
    let tree = try ProcfsTree(Self.files.filter { !$0.key.hasSuffix("snmp6") })
    #expect(try tree.read(NetstatCollector.self).count == 10)
    let other = try ProcfsTree(Self.files.filter { !$0.key.hasSuffix("snmp") })
    #expect(throws: HostError.self) { try other.read(NetstatCollector.self) }
  }

  @Test("values that are fewer or more than names belong to none of them", arguments: ["Tcp: 1 2", "Tcp: 1 2 3 4 5"])
  func mismatch(values: String) throws {
    var files = Self.files
    files["proc/net/snmp"] = "Tcp: A B C\n\(values)\n"
    let tree = try ProcfsTree(files)
    #expect(throws: HostFormatError.self) { try tree.read(NetstatCollector.self) }
  }
}
