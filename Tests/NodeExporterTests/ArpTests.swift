import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collector arp")
struct ArpTests {
  private static let text = """
    IP address       HW type     Flags       HW address            Mask     Device
    192.168.1.1      0x1         0x2         cc:aa:dd:ee:aa:bb     *        eth0
    192.168.1.2      0x1         0x0         00:00:00:00:00:00     *        eth0
    10.0.0.1         0x1         0x2         de:ad:be:ef:00:00     *        docker0
    10.0.0.2         0x1

    """

  @Test("entries by device, from the file")
  func file() throws {
    let tree = try ProcfsTree(["proc/net/arp": Self.text])
    #expect(
      try tree.read(ArpCollector.self, "--no-collector.arp.netlink") == [
        #"node_arp_entries{device="eth0"}"#: 2, #"node_arp_entries{device="docker0"}"#: 1,
      ])
    #expect(
      try tree.read(ArpCollector.self, "--no-collector.arp.netlink", "--collector.arp.device-exclude=^docker").count
        == 1)
    #expect(
      try tree.read(ArpCollector.self, "--no-collector.arp.netlink", "--collector.arp.device-include=0$").count == 2)
  }

  @Test("the kernel answers the same as its file says")
  func netlink() throws {
    let host = NodeHost(procfs: "/proc", sysfs: "/sys", rootfs: "/", udevData: "/run/udev/data")
    let tree = try ProcfsTree(["proc/net/arp": try #require(host.text("/proc/net/arp"))])
    #expect(
      try tree.read(ArpCollector.self) == tree.read(ArpCollector.self, "--no-collector.arp.netlink"))
  }
}
