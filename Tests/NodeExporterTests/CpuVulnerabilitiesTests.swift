import ExporterKit
import Testing

@testable import NodeExporter

@Suite("cpu_vulnerabilities")
struct CpuVulnerabilitiesTests {
  @Test("state and mitigation of each; a word that nobody knows is left out")
  func states() throws {
    let folder = "sys/devices/system/cpu/vulnerabilities"
    let host = try HardwareHost([
      "\(folder)/l1tf": "Not affected\n", "\(folder)/mds": "Vulnerable\n",
      "\(folder)/mmio": "Vulnerable: Clear CPU buffers attempted\n",
      "\(folder)/srso": "Mitigation: Safe RET; SMT off\n",
      "\(folder)/new": "Unknown: no idea\n",
    ])
    func line(_ codename: String, _ state: String, _ mitigation: String) -> String {
      "node_cpu_vulnerabilities_info{codename=\"\(codename)\",state=\"\(state)\",mitigation=\"\(mitigation)\"} 1"
    }
    #expect(
      try host.read(CpuVulnerabilitiesCollector.self) == [
        line("l1tf", "not affected", ""), line("mds", "vulnerable", ""),
        line("mmio", "vulnerable", "Clear CPU buffers attempted"), line("srso", "mitigation", "Safe RET; SMT off"),
      ])
    #expect(!CpuVulnerabilitiesCollector(.none).isDefault)
  }

  @Test("a kernel that does not tell is read with success, as by the standard exporter")
  func absent() throws { #expect(try HardwareHost([:]).read(CpuVulnerabilitiesCollector.self) == []) }
}
