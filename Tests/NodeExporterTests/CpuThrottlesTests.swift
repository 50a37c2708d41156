import Testing

@testable import NodeExporter

@Suite("Throttles of processors")
struct CpuThrottlesTests {
  private static func cpu(_ number: Int, package: String, core: String, coreCount: Int, packageCount: Int?) -> [String:
    String]
  {
    let folder = "sys/devices/system/cpu/cpu\(number)/"
    var files = [
      folder + "topology/physical_package_id": package, folder + "topology/core_id": core,
      folder + "thermal_throttle/core_throttle_count": "\(coreCount)\n",
    ]
    if let packageCount { files[folder + "thermal_throttle/package_throttle_count"] = "\(packageCount)\n" }
    return files
  }

  @Test("each core and each package once, from the first processor that has them")
  func whole() throws {
    let processors = [
      Self.cpu(0, package: "0\n", core: "0\n", coreCount: 5, packageCount: 30),
      Self.cpu(1, package: "0\n", core: "1\n", coreCount: 7, packageCount: 31),
      Self.cpu(2, package: "0\n", core: "0\n", coreCount: 6, packageCount: 32),
      Self.cpu(3, package: "1\n", core: "0\n", coreCount: 9, packageCount: nil),
      Self.cpu(4, package: "-1\n", core: "0\n", coreCount: 9, packageCount: 9),
    ]
    var files = ["proc/stat": "cpu0 1 2 3 4\n"]
    for processor in processors { files.merge(processor) { first, _ in first } }
    let page = try ProcfsTree(files).read(CpuCollector.self).filter { $0.key.contains("throttles") }
    #expect(
      page == [
        #"node_cpu_core_throttles_total{package="0",core="0"}"#: 5,
        #"node_cpu_core_throttles_total{package="0",core="1"}"#: 7,
        #"node_cpu_core_throttles_total{package="1",core="0"}"#: 9,
        #"node_cpu_package_throttles_total{package="0"}"#: 30,
      ])
  }
}
