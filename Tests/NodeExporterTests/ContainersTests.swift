import ExporterKit
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import NodeExporter

@Suite struct ContainersTests {
  private let machine: ContainerMachine
  private static let web = String(repeating: "a1", count: 32)
  private static let cache = String(repeating: "0f", count: 32)

  init() throws { machine = try ContainerMachine() }

  private static let files = [
    "cpu.stat": "usage_usec 2500000\nuser_usec 2000000\nnr_periods 10\nnr_throttled 2\nthrottled_usec 750000\n",
    "cpu.max": "150000 100000\n", "memory.current": "52428800\n", "memory.max": "104857600\n",
    "memory.stat": "anon 1\ninactive_anon 7\ninactive_file 2428800\nactive_file 3\n",
    "memory.events": "low 0\nhigh 0\nmax 4\noom 3\noom_kill 2\n",
    "io.stat": "8:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n9:1 rbytes=1 wbytes=2\n",
    "cgroup.procs": "4000\n4001\n",
  ]

  @Test func aContainerOfVersion2HasEveryFamilyWithCAdvisorsLabels() throws {
    try machine.unified("system.slice/docker-\(Self.web).scope", Self.files)
    try machine.process(4000, start: 12_345, namespace: "net:[7]")
    try machine.write(
      """
      Inter-|   Receive                                                |  Transmit
       face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier
          lo:  100 1 0 0 0 0 0 0  100 1 0 0 0 0 0 0
        eth0:3000 20 0 0 0 0 0 0  7000 30 0 0 0 0 0 0

      """, "proc/4000/net/dev")
    try machine.write(
      #"{"ID":"x","Name":"/web","Config":{"Image":"nginx:1.22","Env":["A=\"b\""]},"State":{"Running":true}}"#,
      "root/var/lib/docker/containers/\(Self.web)/config.v2.json")
    let before = Date().timeIntervalSince1970.rounded(.down)
    let page = try machine.page()
    let labels = #"id="/system.slice/docker-\#(Self.web).scope",name="web",image="nginx:1.22""#
    let seen = try #require(page["container_last_seen{\(labels)}"])
    #expect(seen >= before && seen <= Date().timeIntervalSince1970)
    var expected: [String: Double] = ["container_last_seen{\(labels)}": seen]
    for (name, value) in [
      ("cpu_cfs_throttled_seconds_total", 0.75), ("spec_cpu_quota", 150_000), ("spec_cpu_period", 100_000),
      ("memory_usage_bytes", 52_428_800), ("memory_working_set_bytes", 50_000_000),
      ("spec_memory_limit_bytes", 104_857_600), ("oom_events_total", 2), ("start_time_seconds", 1_700_000_123.45),
    ] { expected["container_\(name){\(labels)}"] = value }
    expected[#"container_cpu_usage_seconds_total{\#(labels),cpu="total"}"#] = 2.5
    expected[#"container_fs_reads_bytes_total{\#(labels),device="/dev/sda"}"#] = 4096
    expected[#"container_fs_writes_bytes_total{\#(labels),device="/dev/sda"}"#] = 8192
    expected[#"container_fs_reads_bytes_total{\#(labels),device="/dev/md/raid"}"#] = 1
    expected[#"container_fs_writes_bytes_total{\#(labels),device="/dev/md/raid"}"#] = 2
    expected[#"container_network_receive_bytes_total{\#(labels),interface="eth0"}"#] = 3000
    expected[#"container_network_transmit_bytes_total{\#(labels),interface="eth0"}"#] = 7000
    #expect(page.series == expected)
    #expect(page.text.contains("# TYPE container_cpu_usage_seconds_total counter\n"))
    #expect(page.text.contains("# TYPE container_last_seen gauge\n"))
    #expect(page.text.contains("# TYPE container_spec_cpu_quota gauge\n"))
  }

  @Test func aContainerOfVersion1HasTheSame() throws {
    let path = "docker/\(Self.web)"
    for (file, text) in [
      "cpu,cpuacct/\(path)/cpuacct.usage": "2500000000\n", "cpu,cpuacct/\(path)/cpu.cfs_quota_us": "50000\n",
      "cpu,cpuacct/\(path)/cpu.cfs_period_us": "100000\n",
      "cpu,cpuacct/\(path)/cpu.stat": "nr_periods 1\nnr_throttled 1\nthrottled_time 1500000000\n",
      "cpu,cpuacct/\(path)/cgroup.procs": "4000\n", "memory/\(path)/memory.usage_in_bytes": "1000000\n",
      "memory/\(path)/memory.stat": "inactive_file 5\ntotal_inactive_file 400000\n",
      "memory/\(path)/memory.limit_in_bytes": "9223372036854771712\n",
      "memory/\(path)/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n",
      "memory/\(path)/cgroup.procs": "",
      "blkio/\(path)/blkio.throttle.io_service_bytes":
        "8:0 Read 10\n8:0 Write 20\n8:0 Sync 30\n8:0 Total 30\nTotal 30\n",
    ] { try machine.write(text, "sys/fs/cgroup/" + file) }
    try machine.process(4000, start: 100)
    let page = try machine.page()
    let labels = #"id="/docker/\#(Self.web)",name="a1a1a1a1a1a1",image="""#
    for (name, value) in [
      ("cpu_cfs_throttled_seconds_total", 1.5), ("spec_cpu_quota", 50_000), ("spec_cpu_period", 100_000),
      ("memory_usage_bytes", 1_000_000), ("memory_working_set_bytes", 600_000), ("spec_memory_limit_bytes", 0),
      ("oom_events_total", 3), ("start_time_seconds", 1_700_000_001),
    ] { #expect(page["container_\(name){\(labels)}"] == value, "\(name)") }
    #expect(page[#"container_cpu_usage_seconds_total{\#(labels),cpu="total"}"#] == 2.5)
    #expect(page[#"container_fs_reads_bytes_total{\#(labels),device="/dev/sda"}"#] == 10)
    #expect(page[#"container_fs_writes_bytes_total{\#(labels),device="/dev/sda"}"#] == 20)
    // The namespace is the machine's own, and the engine's group of containers is none.
    #expect(page.names("container_network").isEmpty)
    #expect(page.names("container_last_seen").count == 1)
  }

  @Test func withoutLimitsTheMemoryIsZeroAndTheQuotaAbsent() throws {
    try machine.unified(
      "system.slice/cron.service",
      [
        "cpu.stat": "usage_usec 1\n", "cpu.max": "max 100000\n",
        "memory.current": "100\n", "memory.max": "max\n", "memory.stat": "inactive_file 200\n",
      ])
    let page = try machine.page()
    let labels = #"id="/system.slice/cron.service",name="cron.service",image="""#
    #expect(page["container_spec_memory_limit_bytes{\(labels)}"] == 0)
    #expect(page["container_memory_working_set_bytes{\(labels)}"] == 0)
    #expect(page["container_spec_cpu_period{\(labels)}"] == 100_000)
    #expect(page.names("container_spec_cpu_quota").isEmpty)
    #expect(page.names("container_oom").isEmpty && page.names("container_start").isEmpty)
  }

  @Test func whatIsAContainerAUnitOrALeafIsTold() throws {
    let cpu = ["cpu.stat": "usage_usec 1\n", "cgroup.procs": ""]
    let user = "user.slice/user-1000.slice/user@1000.service"
    for path in [
      "system.slice", "system.slice/a.service", "system.slice/a.service/sub", "init.scope", user,
      "\(user)/app.slice/app.service", "\(user)/user.slice/libpod-\(Self.web).scope/container",
      "\(user)/user.slice/libpod-\(Self.web).scope", "kubepods.slice/pod1.slice/cri-containerd-\(Self.cache).scope",
      "kubepods/burstable/pod2/\(Self.cache)", "machine.slice/libpod-conmon-\(Self.web).scope", "docker",
      "minimarket/vacio",
    ] { try machine.unified(path, cpu) }
    try machine.unified("minimarket/deposito", ["cpu.stat": "usage_usec 1\n", "cgroup.procs": "4000\n"])
    try machine.unified("minimarket", ["cpu.stat": "usage_usec 1\n", "cgroup.procs": "4001\n"])
    let names = try machine.page().names("container_last_seen").compactMap { series in
      series.split(separator: "\"").dropFirst().first.map(String.init)
    }
    #expect(
      names == [
        "/init.scope", "/kubepods.slice/pod1.slice/cri-containerd-\(Self.cache).scope",
        "/kubepods/burstable/pod2/\(Self.cache)", "/machine.slice/libpod-conmon-\(Self.web).scope",
        "/minimarket/deposito", "/system.slice", "/system.slice/a.service", "/\(user)",
        "/\(user)/app.slice/app.service", "/\(user)/user.slice/libpod-\(Self.web).scope",
      ])
  }

  @Test func aContainerThatIsGoneIsGoneAtTheNextScrape() throws {
    try machine.unified("a.service", ["cpu.stat": "usage_usec 1\n"])
    try machine.unified("b.service", ["cpu.stat": "usage_usec 1\n"])
    let collector = try machine.collector()
    #expect(try ReadPage(collector, machine.host).names("container_last_seen").count == 2)
    try FileManager.default.removeItem(atPath: machine.directory.file("sys/fs/cgroup/b.service"))
    #expect(try ReadPage(collector, machine.host).names("container_last_seen").count == 1)
    try FileManager.default.removeItem(atPath: machine.directory.file("sys/fs/cgroup/a.service"))
    #expect(throws: NothingToRead.self) { try ReadPage(collector, machine.host) }
  }

  @Test func aGroupStaysAsOldAsItsFirstProcessAndANewGroupIsYoung() throws {
    try machine.unified("a.service", ["cpu.stat": "usage_usec 1\n", "cgroup.procs": "4000\n"])
    try machine.process(4000, start: 1000)
    try machine.process(4001, start: 9000)
    let collector = try machine.collector()
    let series = #"container_start_time_seconds{id="/a.service",name="a.service",image=""}"#
    #expect(try ReadPage(collector, machine.host)[series] == 1_700_000_010)
    try machine.unified("a.service", ["cgroup.procs": "4001\n"])
    try machine.write("btime 1700000003\n", "proc/stat")
    #expect(try ReadPage(collector, machine.host)[series] == 1_700_000_010)
    try FileManager.default.moveItem(
      atPath: machine.directory.file("sys/fs/cgroup/a.service"), toPath: machine.directory.file("old"))
    try machine.unified("a.service", ["cpu.stat": "usage_usec 1\n", "cgroup.procs": "4001\n"])
    #expect(try ReadPage(collector, machine.host)[series] == 1_700_000_090)
  }

  @Test func aNetworkThatContainersShareCountsOnce() throws {
    for (path, pid) in [("a.service", 4000), ("b.service", 4001)] {
      try machine.unified(path, ["cpu.stat": "usage_usec 1\n", "cgroup.procs": "\(pid)\n"])
      try machine.process(pid, start: 1, namespace: "net:[9]")
      try machine.write("eth0: 1 0 0 0 0 0 0 0 2 0\nveth1: 1 0 0 0 0 0 0 0 2 0\n", "proc/\(pid)/net/dev")
    }
    let page = try machine.page()
    #expect(
      page.names("container_network_receive") == [
        #"container_network_receive_bytes_total{id="/a.service",name="a.service",image="",interface="eth0"}"#
      ])
    // Without process 1 the kernel's threads say which namespace is the machine's; without them nobody does.
    try FileManager.default.removeItem(atPath: machine.directory.file("proc/1/ns/net"))
    #expect(try machine.page().names("container_network").isEmpty)
    try machine.link("net:[1]", "proc/2/ns/net")
    try machine.write("otro\n", "proc/2/comm")
    #expect(try machine.page().names("container_network").isEmpty)
    try machine.write("kthreadd\n", "proc/2/comm")
    #expect(try machine.page().names("container_network").count == 2)
  }

  @Test func namesComeFromEachEnginesState() throws {
    func name(_ group: String) throws -> String {
      let series = try machine.page().names("container_last_seen{id=\"/\(group)\"").first ?? ""
      return series.split(separator: ",").dropFirst().joined(separator: ",").replacing("}", with: "")
    }
    let (web, cache, database, tool) = (
      Self.web, Self.cache, String(repeating: "d", count: 64), String(repeating: "7", count: 64)
    )
    for group in [
      "libpod-\(web).scope", "cri-containerd-\(cache).scope", "crio-\(database).scope", "nerdctl-\(tool).scope",
    ] {
      try machine.unified("x.slice/\(group)", ["cpu.stat": "usage_usec 1\n"])
    }
    try machine.write(
      #"[{"id":"otro"},{"id":"\#(web)","names":["cocina"],"metadata":"{\"image-name\":\"quay.io/c:1\"}"}]"#,
      "root/var/lib/containers/storage/overlay-containers/containers.json")
    #expect(try name("x.slice/libpod-\(web).scope") == #"name="cocina",image="quay.io/c:1""#)
    let task = "root/run/containerd/io.containerd.runtime.v2.task"
    try machine.write(
      #"{"annotations":{"io.kubernetes.cri.container-name":"api","io.kubernetes.cri.image-name":"reg/api:2"}}"#,
      "\(task)/k8s.io/\(cache)/config.json")
    #expect(try name("x.slice/cri-containerd-\(cache).scope") == #"name="api",image="reg/api:2""#)
    try machine.write(#"{"annotations":{"nerdctl/name":"solo"}}"#, "\(task)/default/\(tool)/config.json")
    #expect(try name("x.slice/nerdctl-\(tool).scope") == #"name="solo",image="""#)
    try machine.write(
      #"{"annotations":{"io.kubernetes.container.name":"db","io.kubernetes.cri-o.ImageName":"reg/db:3"}}"#,
      "root/run/containers/storage/overlay-containers/\(database)/userdata/config.json")
    #expect(try name("x.slice/crio-\(database).scope") == #"name="db",image="reg/db:3""#)
  }

  @Test func aUsersOwnContainersAreInTheirHome() throws {
    let group = "user.slice/user-1000.slice/user@1000.service/user.slice/libpod-\(Self.web).scope"
    try machine.unified(group, ["cpu.stat": "usage_usec 1\n"])
    try machine.write("root:x:0:0::/root:/bin/sh\nrota\nana:x:1000:1000:Ana:/casa/ana:/bin/sh\n", "root/etc/passwd")
    let state = #"[{"id":"\#(Self.web)","names":["mate"],"metadata":"{\"image-name\":\"yerba:1\"}"}]"#
    try machine.write(state, "root/casa/ana/.local/share/containers/storage/overlay-containers/containers.json")
    #expect(try machine.page().names("container_last_seen{id=\"/\(group)\",name=\"mate\",image=\"yerba:1\"").count == 1)
  }

  @Test func aRenamedContainerHasItsNewName() throws {
    try machine.unified("docker/\(Self.web)", ["cpu.stat": "usage_usec 1\n"])
    let file = "root/var/lib/docker/containers/\(Self.web)/config.v2.json"
    let collector = try machine.collector()
    for (state, name) in [(#"{"Name":"/uno"}"#, "uno"), (#"{"Name":"/dos"}"#, "dos"), ("{", "a1a1a1a1a1a1")] {
      try machine.write(state, file)
      #expect(try ReadPage(collector, machine.host).names("container_last_seen").first?.contains("\"\(name)\"") == true)
    }
  }

  @Test func theGroupsMayBeElsewhere() throws {
    try machine.write("cpu\n", "otro/cgroup.controllers")
    try machine.write("usage_usec 3000000\n", "otro/a.service/cpu.stat")
    let page = try machine.page("--path.cgroup=\(machine.directory.file("otro"))")
    #expect(page.names("container_cpu_usage").count == 1)
    #expect(throws: NothingToRead.self) { try machine.page() }
  }

  @Test func damagedFilesNeverCrash() throws {
    let path = "docker/\(Self.web)"
    try machine.unified(path, Self.files)
    try machine.process(4000, start: 1, namespace: "net:[7]")
    var files = Self.files.map { ("sys/fs/cgroup/\(path)/\($0.key)", $0.value) }
    files.append(("proc/4000/stat", "4000 (a) S 1 1 1 0 -1 4194560 1 2 3 4 1 2 3 4 20 0 1 0 77 1000 50 1844\n"))
    files.append(("proc/4000/net/dev", "eth0: 1 0 0 0 0 0 0 0 2 0\n"))
    files.append(
      ("root/var/lib/docker/containers/\(Self.web)/config.v2.json", #"{"Name":"/a","Config":{"Image":"b"}}"#))
    for (file, text) in files { try machine.write(text, file) }
    let collector = try machine.collector()
    for seed in 1...400 {
      var damage = Damage(seed: UInt64(seed))
      let (file, text) = files[seed % files.count]
      try Data(damage.damaged(text)).write(to: URL(fileURLWithPath: machine.directory.file(file)))
      _ = try? ReadPage(collector, machine.host)
      try machine.write(text, file)
    }
    #expect(try ReadPage(collector, machine.host).names("container_").count == 16)
  }
}
