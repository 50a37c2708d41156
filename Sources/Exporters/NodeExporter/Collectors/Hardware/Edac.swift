import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_edac_*`: the error counts of each memory controller and each of its rows in `/sys/devices/system/edac/mc`
/// (https://www.kernel.org/doc/html/latest/admin-guide/RAS/main.html). One system call where there is none.
struct EdacCollector: NodeCollector {
  let name = "edac"
  let help = "Errores de memoria corregidos y sin corregir (EDAC)."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    // Without the directory there is nothing to export, which the standard exporter counts as a success.
    guard let directory = try? SysfsDirectory(host.sys("devices/system/edac/mc"), of: host) else { return }
    for name in try directory.names() {
      guard let number = name.numbered(behind: "mc"), let controller = try? SysfsDirectory(name, in: directory) else {
        continue
      }
      try add(controller, .init(number), to: &batch)
    }
  }

  private func add(
    _ controller: borrowing SysfsDirectory, _ label: Host.Edac.Controller, to batch: inout SampleBatch
  ) throws {
    if let count = controller.integer("ce_count") { batch.add(Host.Edac.correctable, label, Double(count)) }
    if let count = controller.integer("ue_count") { batch.add(Host.Edac.uncorrectable, label, Double(count)) }
    let unknown = Host.Edac.Row(label, .init("unknown"))
    if let count = controller.integer("ce_noinfo_count") { batch.add(Host.Edac.rowCorrectable, unknown, Double(count)) }
    if let count = controller.integer("ue_noinfo_count") {
      batch.add(Host.Edac.rowUncorrectable, unknown, Double(count))
    }
    for name in try controller.names() {
      guard let number = name.numbered(behind: "csrow"), let row = try? SysfsDirectory(name, in: controller) else {
        continue
      }
      let labels = Host.Edac.Row(label, .init(number))
      if let count = row.integer("ce_count") { batch.add(Host.Edac.rowCorrectable, labels, Double(count)) }
      if let count = row.integer("ue_count") { batch.add(Host.Edac.rowUncorrectable, labels, Double(count)) }
    }
  }
}
