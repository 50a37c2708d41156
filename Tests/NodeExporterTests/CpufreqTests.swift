import ExporterKit
import Testing

@testable import NodeExporter

@Suite("cpufreq")
struct CpufreqTests {
  private static let cpu = "sys/devices/system/cpu"
  private static let policy = [
    "cpuinfo_cur_freq": "1800000\n", "cpuinfo_min_freq": "400000\n", "cpuinfo_max_freq": "4700000\n",
    "scaling_cur_freq": "<unknown>\n", "scaling_min_freq": "400000\n", "scaling_max_freq": "3000000\n",
    "scaling_governor": "schedutil\n", "scaling_available_governors": "performance schedutil \n",
  ]

  private func policies(_ folders: String...) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: folders.flatMap { folder in
        Self.policy.map { ("\(Self.cpu)/\(folder)/\($0.key)", $0.value) }
      })
  }

  @Test("processors that share a policy have its frequencies in hertz; those that are offline have none")
  func shared() throws {
    let host = try HardwareHost(
      policies("cpufreq/policy0").merging(["\(Self.cpu)/offline": "2,4-5\n", "\(Self.cpu)/cpuidle/x": ""]) { $1 },
      links: Dictionary(
        uniqueKeysWithValues: [0, 1, 2, 5].map { ("\(Self.cpu)/cpu\($0)/cpufreq", "../cpufreq/policy0") }))
    let series = try host.read(CpufreqCollector.self)
    #expect(
      series.filter { $0.contains("cpu=\"1\"") } == [
        "node_cpu_frequency_hertz{cpu=\"1\"} 1800000000", "node_cpu_frequency_max_hertz{cpu=\"1\"} 4700000000",
        "node_cpu_frequency_min_hertz{cpu=\"1\"} 400000000",
        "node_cpu_scaling_frequency_max_hertz{cpu=\"1\"} 3000000000",
        "node_cpu_scaling_frequency_min_hertz{cpu=\"1\"} 400000000",
        "node_cpu_scaling_governor{cpu=\"1\",governor=\"performance\"} 0",
        "node_cpu_scaling_governor{cpu=\"1\",governor=\"schedutil\"} 1",
      ])
    #expect(series.count == 14)
  }

  @Test("a shared policy is read once")
  func readOnce() throws {
    let links = Dictionary(uniqueKeysWithValues: (0..<8).map { ("\(Self.cpu)/cpu\($0)/cpufreq", "../cpufreq/policy0") })
    let host = try HardwareHost(policies("cpufreq/policy0"), links: links)
    #expect(try host.read(CpufreqCollector.self).count == 56)
    // The directory, the policy and its eight files.
    #expect(host.host.usage.queries == 10)
  }

  @Test("a tree whose policies are directories of the processors is read too")
  func own() throws {
    #expect(try HardwareHost(policies("cpu0/cpufreq", "cpu3/cpufreq")).read(CpufreqCollector.self).count == 14)
  }

  @Test("a machine without policies is read with success, and without opening anything")
  func absent() throws {
    let host = try HardwareHost(["\(Self.cpu)/cpu0/topology/core_id": "0\n", "\(Self.cpu)/cpufreq/": ""])
    #expect(try host.read(CpufreqCollector.self) == [])
    #expect(host.host.usage.queries == 0)
    #expect(try HardwareHost([:]).read(CpufreqCollector.self) == [])
  }
}
