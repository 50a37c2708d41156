import Testing

@testable import NodeExporter

@Suite("Collector selinux")
struct SelinuxTests {
  @Test("a host without it says so and no more")
  func off() throws {
    #expect(try ProcfsTree([:]).read(SelinuxCollector.self) == ["node_selinux_enabled": 0])
    let tree = try ProcfsTree(["sys/fs/selinux/enforce": "0", "proc/self/attr/current": "kernel\0"])
    #expect(try tree.read(SelinuxCollector.self) == ["node_selinux_enabled": 0], "no policy is loaded")
  }

  @Test(
    "the mode of now and the configured one",
    arguments: [("1", "SELINUX=enforcing", 1, 1), ("0", "SELINUX=permissive", 0, 0), ("0", "SELINUX=disabled", 0, -1)])
  func on(enforce: String, line: String, current: Double, configured: Double) throws {
    let tree = try ProcfsTree([
      "sys/fs/selinux/enforce": enforce, "root/etc/selinux/config": "# what\n\(line)\nSELINUXTYPE=targeted\n",
      "proc/self/attr/current": "system_u:system_r:init_t:s0\0",
    ])
    #expect(
      try tree.read(SelinuxCollector.self) == [
        "node_selinux_enabled": 1, "node_selinux_current_mode": current, "node_selinux_config_mode": configured,
      ])
  }

  @Test("without a configuration it is configured off")
  func unconfigured() throws {
    let page = try ProcfsTree(["sys/fs/selinux/enforce": "1"]).read(SelinuxCollector.self)
    #expect(page["node_selinux_config_mode"] == -1)
  }
}
