import Catalog
import ExporterKit
import MetricModel
import Synchronization
import Telemetry

/// `node_dmi_info` from `/sys/class/dmi/id` (SMBIOS, DMTF DSP0134). The kernel copies the table once while it boots, so
/// that what was read is kept: a scrape after the first costs no system call. Serial numbers are for root alone to read
/// and are left out for others.
final class DmiCollector: NodeCollector {
  let name = "dmi"
  let help = "Fabricante, modelo y firmware de la máquina (DMI)."

  private let known = Mutex<(family: FamilyDescriptor, values: [String])?>(nil)

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let (family, values) = try known.withLock { known in
      if let known { return known }
      let found = try Self.find(host)
      known = found
      return found
    }
    batch.add(family, labelValues: values, 1)
  }

  private static let files = [
    "bios_date", "bios_release", "bios_vendor", "bios_version", "board_asset_tag", "board_name", "board_serial",
    "board_vendor", "board_version", "chassis_asset_tag", "chassis_serial", "chassis_vendor", "chassis_version",
    "product_family", "product_name", "product_serial", "product_sku", "product_uuid", "product_version", "sys_vendor",
  ]

  private static func find(_ host: NodeHost) throws -> (family: FamilyDescriptor, values: [String]) {
    let path = host.sys("class/dmi/id")
    guard let directory = try? SysfsDirectory(path, of: host) else { throw NothingToRead(path) }
    let labels = files.compactMap { file in
      directory.text(file).map { (name: file == "sys_vendor" ? "system_vendor" : file, value: $0) }
    }
    guard !labels.isEmpty else { throw NothingToRead(path) }
    return (Host.Dmi.info(labels.map(\.name)), labels.map(\.value))
  }
}
