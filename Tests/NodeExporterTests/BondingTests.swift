import ExporterKit
import Testing

@testable import NodeExporter

@Suite("bonding")
struct BondingTests {
  private static let tree = [
    "sys/class/net/bonding_masters": "bond0 storage empty gone\n",
    "sys/class/net/bond0/bonding/slaves": "eth0 eth1 eth2\n",
    "sys/class/net/bond0/lower_eth0/bonding_slave/mii_status": "up\n",
    "sys/class/net/bond0/lower_eth1/bonding_slave/mii_status": "down\n",
    "sys/class/net/bond0/slave_eth2/bonding_slave/mii_status": "up\n",
    "sys/class/net/storage/bonding/slaves": "eth3\n",
    "sys/class/net/storage/lower_eth3/bonding_slave/mii_status": "going back\n",
    "sys/class/net/empty/bonding/slaves": "\n",
  ]

  @Test("slaves and those that are up, under the name of either kernel; a master that has gone is left out")
  func counts() throws {
    #expect(
      try HardwareHost(Self.tree).read(BondingCollector.self) == [
        "node_bonding_active{master=\"bond0\"} 2", "node_bonding_active{master=\"empty\"} 0",
        "node_bonding_active{master=\"storage\"} 0", "node_bonding_slaves{master=\"bond0\"} 3",
        "node_bonding_slaves{master=\"empty\"} 0", "node_bonding_slaves{master=\"storage\"} 1",
      ])
  }

  @Test("without the module there is nothing to read")
  func absent() throws {
    let host = try HardwareHost(["sys/class/net/eth0/mtu": "1500\n"])
    #expect(throws: NothingToRead.self) { try host.read(BondingCollector.self) }
  }
}
