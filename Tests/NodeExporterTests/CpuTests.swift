import Testing

@testable import NodeExporter

@Suite("Collector cpu")
struct CpuTests {
  private static let stat = """
    cpu  1 2 3 4 5 6 7 8 9 10
    cpu0 100 200 300 1000 5 6 7 8 9 10
    cpu12 10 0 0 50
    intr 5

    """

  private static func seconds(_ page: [String: Double], _ cpu: Int, _ mode: String) -> Double? {
    page[#"node_cpu_seconds_total{cpu="\#(cpu)",mode="\#(mode)"}"#]
  }

  @Test("hundredths of a second become seconds, by processor and mode; the sum over all is left out")
  func modes() throws {
    let page = try ProcfsTree(["proc/stat": Self.stat]).read(CpuCollector.self)
    let modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]
    #expect(modes.map { Self.seconds(page, 0, $0) } == [1, 2, 3, 10, 0.05, 0.06, 0.07, 0.08])
    #expect(
      modes.map { Self.seconds(page, 12, $0) } == [0.1, 0, 0, 0.5, 0, 0, 0, 0], "an old kernel has fewer columns")
    #expect(page[#"node_cpu_guest_seconds_total{cpu="0",mode="user"}"#] == 0.09)
    #expect(page[#"node_cpu_guest_seconds_total{cpu="0",mode="nice"}"#] == 0.1)
    #expect(page.count == 20)
  }

  @Test("a flag leaves the guests out")
  func withoutGuests() throws {
    let page = try ProcfsTree(["proc/stat": Self.stat]).read(CpuCollector.self, "--no-collector.cpu.guest")
    #expect(page.count == 16)
  }

  @Test("a counter does not fall by the kernel's accounting errors, but starts anew with its processor")
  func backwards() throws {
    let tree = try ProcfsTree(["proc/stat": "cpu0 100 0 0 1000\n"])
    let collector = try ProcfsTree.collector(CpuCollector.self, [])
    _ = try tree.read(collector)
    try tree.write("cpu0 110 0 0 701\n", to: "proc/stat")
    #expect(Self.seconds(try tree.read(collector), 0, "idle") == 10, "2.99 s less are an error")
    try tree.write("cpu0 50 0 0 700\n", to: "proc/stat")
    let page = try tree.read(collector)
    #expect(Self.seconds(page, 0, "idle") == 7, "3 s less are a new start")
    #expect(Self.seconds(page, 0, "user") == 0.5)
  }

  @Test("a processor that is gone is not exported, and starts anew when it is back")
  func offline() throws {
    let tree = try ProcfsTree(["proc/stat": "cpu0 1 0 0 10\ncpu1 500 0 0 90\n"])
    let collector = try ProcfsTree.collector(CpuCollector.self, [])
    _ = try tree.read(collector)
    try tree.write("cpu0 2 0 0 11\n", to: "proc/stat")
    #expect(try tree.read(collector).keys.allSatisfy { $0.contains(#"cpu="0""#) })
    try tree.write("cpu0 2 0 0 11\ncpu1 3 0 0 4\n", to: "proc/stat")
    #expect(Self.seconds(try tree.read(collector), 1, "user") == 0.03)
  }

  @Test("isolated and online processors")
  func states() throws {
    let tree = try ProcfsTree([
      "proc/stat": Self.stat, "sys/devices/system/cpu/isolated": "1,3-4\n", "sys/devices/system/cpu/cpu0/online": "1\n",
      "sys/devices/system/cpu/cpu1/online": "0\n", "sys/devices/system/cpu/cpufreq/x": "",
      "sys/devices/system/cpu/online": "0\n",
    ])
    let page = try tree.read(CpuCollector.self).filter { !$0.key.contains("seconds_total") }
    #expect(
      page == [
        #"node_cpu_isolated{cpu="1"}"#: 1, #"node_cpu_isolated{cpu="3"}"#: 1, #"node_cpu_isolated{cpu="4"}"#: 1,
        #"node_cpu_online{cpu="0"}"#: 1, #"node_cpu_online{cpu="1"}"#: 0,
      ])
  }

  @Test("a file that names no processor is a failure; a garbage line harms its own processor")
  func damaged() throws {
    let tree = try ProcfsTree(["proc/stat": "cpu0 1 x 3 4\ncpu1 1 2 3\ncpu2 1 2 3 4\n"])
    #expect(try tree.read(CpuCollector.self).keys.allSatisfy { $0.contains(#"cpu="2""#) })
    try tree.write("intr 1\n", to: "proc/stat")
    #expect(throws: HostFormatError.self) { try tree.read(CpuCollector.self) }
  }
}
