import Testing

@testable import NodeExporter

@Suite("What the processors are")
struct CpuInfoTests {
  private static let files = [
    "proc/stat": "cpu0 1 2 3 4\n",
    "proc/cpuinfo": """
    processor\t: 0
    vendor_id\t: Acme
    cpu family\t: 6
    model\t\t: 42
    model name\t: Acme 9000: the fast one
    stepping\t: 3
    microcode\t: 0xb4
    cpu MHz\t\t: 1800.125
    cache size\t: 512 KB
    physical id\t: 0
    core id\t\t: 1
    flags\t\t: fpu aes avx avx2
    bugs\t\t: spectre_v1 mds
    power management:

    processor\t: 1
    flags\t\t: fpu sse9

    """,
  ]

  private static let whole =
    #"package="0",core="1",cpu="0",vendor="Acme",family="6",model="42",model_name="Acme 9000: the fast one","#
    + #"microcode="0xb4",stepping="3",cachesize="512 KB""#
  private static let bare =
    #"package="",core="",cpu="1",vendor="",family="",model="",model_name="",microcode="",stepping="",cachesize="""#

  private func page(_ arguments: [String]) throws -> [String: Double] {
    let tree = try ProcfsTree(Self.files)
    return try tree.read(ProcfsTree.collector(CpuCollector.self, arguments)).filter {
      !$0.key.contains("seconds_total")
    }
  }

  @Test("nothing without a flag")
  func off() throws {
    #expect(try page([]).isEmpty)
  }

  @Test("each processor; its frequency where the collector of frequencies is on")
  func info() throws {
    #expect(
      try page(["--collector.cpu.info"]) == [
        "node_cpu_info{\(Self.whole)}": 1, "node_cpu_info{\(Self.bare)}": 1,
        #"node_cpu_frequency_hertz{package="0",core="1",cpu="0"}"#: 1_800_125_000,
        #"node_cpu_frequency_hertz{package="",core="",cpu="1"}"#: 0,
      ])
    #expect(try page(["--collector.cpu.info", "--no-collector.cpufreq"]).count == 2)
    #expect(try page(["--collector.cpu.info", "--collector.disable-defaults"]).count == 2)
    #expect(try page(["--collector.cpu.info", "--collector.disable-defaults", "--collector.cpufreq"]).count == 4)
  }

  @Test("what the first processor can and suffers from, as flags want it; they turn the rest on")
  func flagsAndBugs() throws {
    let page = try page([
      "--collector.cpu.info.flags-include=^(aes|avx.?)$", "--collector.cpu.info.bugs-include=spectre",
      "--no-collector.cpufreq",
    ])
    #expect(
      page.filter { !$0.key.hasPrefix("node_cpu_info") } == [
        #"node_cpu_flag_info{flag="aes"}"#: 1, #"node_cpu_flag_info{flag="avx"}"#: 1,
        #"node_cpu_flag_info{flag="avx2"}"#: 1, #"node_cpu_bug_info{bug="spectre_v1"}"#: 1,
      ])
    #expect(page.count == 6)
  }

  @Test("a file without processors is a failure")
  func damaged() throws {
    let tree = try ProcfsTree(["proc/stat": "cpu0 1 2 3 4\n", "proc/cpuinfo": "model: 1\n"])
    #expect(throws: HostFormatError.self) { try tree.read(CpuCollector.self, "--collector.cpu.info") }
  }
}
