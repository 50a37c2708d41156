import MetricModel

extension Host {
  /// Graphics cards with the amdgpu driver.
  package enum Drm {
    package enum CardKey: LabelKey { package static let name = "card" }
    package typealias Card = OpenValue<CardKey>

    package struct InfoLabels: LabelSet {
      package static let labelNames = ["card", "memory_vendor", "power_performance_level", "unique_id", "vendor"]
      package let labelValues: [String]
      package init(
        _ card: String, memoryVendor: String, powerPerformanceLevel: String, uniqueID: String, vendor: String
      ) {
        labelValues = [card, memoryVendor, powerPerformanceLevel, uniqueID, vendor]
      }
    }

    package static let info = Family<Gauge, InfoLabels>("node_drm_card_info", "Card information", use: parity)
    package static let busy = Family<Gauge, Card>(
      "node_drm_gpu_busy_percent", "How busy the GPU is as a percentage.", unit: .percent, use: parity)
    package static let gttSize = Family<Gauge, Card>(
      "node_drm_memory_gtt_size_bytes", "The size of the graphics translation table (GTT) block in bytes.",
      unit: .bytes, use: parity)
    package static let gttUsed = Family<Gauge, Card>(
      "node_drm_memory_gtt_used_bytes",
      "The used amount of the graphics translation table (GTT) block in bytes.", unit: .bytes, use: parity)
    package static let visibleSize = Family<Gauge, Card>(
      "node_drm_memory_vis_vram_size_bytes", "The size of visible VRAM in bytes.", unit: .bytes, use: parity)
    package static let visibleUsed = Family<Gauge, Card>(
      "node_drm_memory_vis_vram_used_bytes", "The used amount of visible VRAM in bytes.", unit: .bytes, use: parity)
    package static let size = Family<Gauge, Card>(
      "node_drm_memory_vram_size_bytes", "The size of VRAM in bytes.", unit: .bytes, use: parity)
    package static let used = Family<Gauge, Card>(
      "node_drm_memory_vram_used_bytes", "The used amount of VRAM in bytes.", unit: .bytes, use: parity)

    package static let all: [FamilyDescriptor] = [
      info.descriptor, busy.descriptor, gttSize.descriptor, gttUsed.descriptor, visibleSize.descriptor,
      visibleUsed.descriptor, size.descriptor, used.descriptor,
    ]
  }
}
