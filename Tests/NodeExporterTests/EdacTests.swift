import ExporterKit
import Testing

@testable import NodeExporter

@Suite("edac")
struct EdacTests {
  @Test("errors of controllers and of their rows")
  func errors() throws {
    let mc = "sys/devices/system/edac/mc"
    let host = try HardwareHost([
      "\(mc)/mc0/ce_count": "11\n", "\(mc)/mc0/ue_count": "12\n", "\(mc)/mc0/ce_noinfo_count": "13\n",
      "\(mc)/mc0/ue_noinfo_count": "14\n", "\(mc)/mc0/csrow10/ce_count": "15\n", "\(mc)/mc0/csrow10/ue_count": "16\n",
      "\(mc)/mc0/dimm0/size": "1\n", "\(mc)/mc1/ce_count": "x\n", "\(mc)/mc1/ue_count": "17\n", "\(mc)/power/x": "1\n",
    ])
    #expect(
      try host.read(EdacCollector.self) == [
        "node_edac_correctable_errors_total{controller=\"0\"} 11",
        "node_edac_csrow_correctable_errors_total{controller=\"0\",csrow=\"10\"} 15",
        "node_edac_csrow_correctable_errors_total{controller=\"0\",csrow=\"unknown\"} 13",
        "node_edac_csrow_uncorrectable_errors_total{controller=\"0\",csrow=\"10\"} 16",
        "node_edac_csrow_uncorrectable_errors_total{controller=\"0\",csrow=\"unknown\"} 14",
        "node_edac_uncorrectable_errors_total{controller=\"0\"} 12",
        "node_edac_uncorrectable_errors_total{controller=\"1\"} 17",
      ])
  }

  @Test("a host without such memory is read with success, as by the standard exporter")
  func absent() throws { #expect(try HardwareHost([:]).read(EdacCollector.self) == []) }
}
