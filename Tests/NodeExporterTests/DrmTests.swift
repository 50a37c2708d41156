import ExporterKit
import Testing

@testable import NodeExporter

@Suite("drm")
struct DrmTests {
  @Test("cards of the one driver; what they do not say counts as nothing")
  func cards() throws {
    let host = try HardwareHost([
      "sys/class/drm/card0/device/uevent": "DRIVER=amdgpu\nPCI_CLASS=30000\n",
      "sys/class/drm/card0/device/gpu_busy_percent": "42\n",
      "sys/class/drm/card0/device/mem_info_vram_total": "8573157376\n",
      "sys/class/drm/card0/device/mem_info_vram_vendor": "samsung\n",
      "sys/class/drm/card0/device/unique_id": "0123abcd\n",
      "sys/class/drm/card0/device/power_dpm_force_performance_level": "auto\n",
      "sys/class/drm/card1/device/uevent": "DRIVER=i915\n", "sys/class/drm/card10/device/uevent": "DRIVER=amdgpu\n",
      "sys/class/drm/card0-DP-1/device/uevent": "DRIVER=amdgpu\n", "sys/class/drm/version": "drm 1.1.0\n",
    ])
    func zero(_ name: String) -> String { "node_drm_memory_\(name)_bytes{card=\"card0\"} 0" }
    #expect(
      try host.read(DrmCollector.self)
        == [
          "node_drm_card_info{card=\"card0\",memory_vendor=\"samsung\",power_performance_level=\"auto\","
            + "unique_id=\"0123abcd\",vendor=\"amd\"} 1",
          "node_drm_gpu_busy_percent{card=\"card0\"} 42",
          "node_drm_memory_vram_size_bytes{card=\"card0\"} 8573157376",
          zero("gtt_size"), zero("gtt_used"), zero("vis_vram_size"), zero("vis_vram_used"), zero("vram_used"),
        ].sorted())
  }

  @Test("a host without cards is read with success, as by the standard exporter")
  func absent() throws { #expect(try HardwareHost([:]).read(DrmCollector.self) == []) }
}
