import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_bonding_slaves` and `node_bonding_active`: `bonding_masters`, each master's `bonding/slaves` and each slave's
/// `bonding_slave/mii_status` (https://www.kernel.org/doc/html/latest/networking/bonding.html). Without the module it
/// costs one system call.
struct BondingCollector: NodeCollector {
  let name = "bonding"
  let help = "Esclavos configurados y activos de las interfaces de bonding."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    guard let masters = host.text(host.sys("class/net/bonding_masters")) else {
      throw NothingToRead("class/net/bonding_masters")
    }
    for master in masters.split(whereSeparator: \.isWhitespace) {
      let label = Host.Bonding.Master(String(master))
      // A master may have gone since.
      guard let device = try? SysfsDirectory(host.sys("class/net/\(master)"), of: host),
        let slaves = device.text("bonding/slaves")
      else { continue }
      let states = slaves.split(whereSeparator: \.isWhitespace).compactMap { slave in
        // Kernels before 3.13 call the link `slave_eth0`.
        device.text("lower_\(slave)/bonding_slave/mii_status") ?? device.text("slave_\(slave)/bonding_slave/mii_status")
      }
      batch.add(Host.Bonding.slaves, label, Double(states.count))
      batch.add(Host.Bonding.active, label, Double(states.count { $0 == "up" }))
    }
  }
}
