import MetricModel
import Testing

@testable import NodeExporter

@Suite("Collector sysctl")
struct SysctlTests {
  private static let files = [
    "proc/sys/fs/file-nr": "1024\t0\t1631329\n", "proc/sys/kernel/threads-max": "7801\n",
    "proc/sys/kernel/seccomp/actions_avail": "kill_process trap\n", "proc/sys/net/ipv4/tcp_rmem": "-1 2\n",
  ]

  @Test("numbers: alone, by index, by name")
  func numbers() throws {
    let page = try ProcfsTree(Self.files).read(
      SysctlCollector.self, "--collector.sysctl.include=kernel.threads-max", "--collector.sysctl.include=fs.file-nr",
      "--collector.sysctl.include=fs.file-nr:total,current,max", "--collector.sysctl.include=net.ipv4.tcp_rmem")
    #expect(
      page == [
        "node_sysctl_kernel_threads_max": 7801, #"node_sysctl_fs_file_nr{index="0"}"#: 1024,
        #"node_sysctl_fs_file_nr{index="1"}"#: 0, #"node_sysctl_fs_file_nr{index="2"}"#: 1_631_329,
        "node_sysctl_fs_file_nr_total": 1024, "node_sysctl_fs_file_nr_current": 0,
        "node_sysctl_fs_file_nr_max": 1_631_329, #"node_sysctl_net_ipv4_tcp_rmem{index="0"}"#: -1,
        #"node_sysctl_net_ipv4_tcp_rmem{index="1"}"#: 2,
      ])
  }

  @Test("words")
  func words() throws {
    let page = try ProcfsTree(Self.files).read(
      SysctlCollector.self, "--collector.sysctl.include-info=kernel.seccomp.actions_avail")
    #expect(
      page == [
        #"node_sysctl_info{name="kernel.seccomp.actions_avail",value="kill_process",index="0"}"#: 1,
        #"node_sysctl_info{name="kernel.seccomp.actions_avail",value="trap",index="1"}"#: 1,
      ])
  }

  @Test("names that do not fit the values, words where numbers were asked for, and a missing file are failures")
  func mistakes() throws {
    let tree = try ProcfsTree(Self.files)
    #expect(throws: HostFormatError.self) {
      try tree.read(SysctlCollector.self, "--collector.sysctl.include=fs.file-nr:a,b")
    }
    #expect(throws: HostFormatError.self) {
      try tree.read(SysctlCollector.self, "--collector.sysctl.include=kernel.seccomp.actions_avail")
    }
    #expect(throws: HostError.self) { try tree.read(SysctlCollector.self, "--collector.sysctl.include=no.such") }
    #expect(try tree.read(SysctlCollector.self).isEmpty)
  }

  @Test(
    "names of metrics",
    arguments: [
      ("fs.file-nr", "fs_file_nr"), ("a_-_b", "a_b"), ("a__b", "a__b"), ("net/ipv4..x", "net_ipv4_x"), ("é", "_"),
    ])
  func names(name: String, metric: String) {
    #expect(MetricName.sanitized(name) == metric)
  }
}
