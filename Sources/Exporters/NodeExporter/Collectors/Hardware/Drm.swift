import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_drm_*`: load and memory of graphics cards with the amdgpu driver, from `/sys/class/drm/card?/device`
/// (https://www.kernel.org/doc/html/latest/gpu/amdgpu/driver-misc.html). What a card does not say counts as 0.
struct DrmCollector: NodeCollector {
  let name = "drm"
  let isDefault = false
  let help = "Carga y memoria de las placas de video AMD."

  init(_ flags: FlagValues) {}

  private static let attributes: [(name: String, family: Family<Gauge, Host.Drm.Card>)] = [
    ("gpu_busy_percent", Host.Drm.busy), ("mem_info_gtt_total", Host.Drm.gttSize),
    ("mem_info_gtt_used", Host.Drm.gttUsed), ("mem_info_vram_total", Host.Drm.size),
    ("mem_info_vram_used", Host.Drm.used), ("mem_info_vis_vram_total", Host.Drm.visibleSize),
    ("mem_info_vis_vram_used", Host.Drm.visibleUsed),
  ]

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    // Without the directory there is nothing to export, which the standard exporter counts as a success.
    guard let directory = try? SysfsDirectory(host.sys("class/drm"), of: host) else { return }
    for card in try directory.names() where card.numbered(behind: "card")?.utf8.count == 1 {
      guard let device = try? SysfsDirectory("\(card)/device", in: directory),
        device.text("uevent")?.contains("DRIVER=amdgpu") == true
      else { continue }
      let labels = Host.Drm.InfoLabels(
        card, memoryVendor: device.text("mem_info_vram_vendor") ?? "",
        powerPerformanceLevel: device.text("power_dpm_force_performance_level") ?? "",
        uniqueID: device.text("unique_id") ?? "", vendor: "amd")
      batch.add(Host.Drm.info, labels, 1)
      for (attribute, family) in Self.attributes {
        batch.add(family, .init(card), Double(device.integer(attribute) ?? 0))
      }
    }
  }
}
