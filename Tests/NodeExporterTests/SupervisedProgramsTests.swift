import ExporterKit
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import NodeExporter

/// Programs of a supervisor stand in for containers where they have no control group of their own.
@Suite struct SupervisedProgramsTests {
  private let machine: ContainerMachine

  init() throws { machine = try ContainerMachine() }

  private func memory(_ pid: Int, resident: Int, shared: Int) throws {
    try machine.write("9000 \(resident) \(shared) 1 0 1 0\n", "proc/\(pid)/statm")
  }

  private func disk(_ pid: Int, reads: Int, writes: Int) throws {
    try machine.write(
      "rchar: 9\nwchar: 9\nsyscr: 9\nsyscw: 9\nread_bytes: \(reads)\nwrite_bytes: \(writes)\n",
      "proc/\(pid)/io")
  }

  /// supervisord is 100; postgres with a worker of a worker, and nginx, which has written over its environment.
  private func supervisor() throws -> String {
    try machine.process(100, start: 10)
    try machine.process(110, parent: 100, command: "postgres", cpu: [100, 50, 20, 10], start: 500)
    try machine.process(111, parent: 110, command: "postgres", cpu: [7, 3, 0, 0], start: 600)
    try machine.process(112, parent: 111, command: "postgres", cpu: [1, 0, 0, 0], start: 700)
    try machine.process(120, parent: 100, command: "redis-server", cpu: [200, 0, 0, 0], start: 800)
    try machine.process(130, parent: 1, command: "otro", cpu: [900, 0, 0, 0], start: 800)
    try machine.write("HOME=/\0SUPERVISOR_PROCESS_NAME=postgres-main\0LANG=C\0", "proc/110/environ")
    try machine.write("redis-server *:6379\0\0\0", "proc/120/environ")
    try memory(110, resident: 1000, shared: 900)
    try memory(111, resident: 500, shared: 400)
    try memory(112, resident: 300, shared: 300)
    try disk(110, reads: 4096, writes: 100)
    try disk(111, reads: 1, writes: 2)
    try machine.write("100\n", "run/supervisord.pid")
    return "--collector.containers.supervised=\(machine.directory.file("run/supervisord.pid"))"
  }

  @Test func aProgramIsTheSumOfItsProcesses() throws {
    let page = try machine.page(supervisor())
    let labels = #"id="/supervisor/postgres-main",name="postgres-main",image="""#
    let pageBytes = Double(sysconf(Int32(_SC_PAGESIZE)))
    #expect(page[#"container_cpu_usage_seconds_total{\#(labels),cpu="total"}"#] == 1.91)
    // Shared memory counts once, with the first process: 1000 + (500 - 400) + (300 - 300) pages.
    #expect(page["container_memory_usage_bytes{\(labels)}"] == 1100 * pageBytes)
    #expect(page["container_memory_working_set_bytes{\(labels)}"] == 1100 * pageBytes)
    #expect(page["container_spec_memory_limit_bytes{\(labels)}"] == 0)
    #expect(page["container_start_time_seconds{\(labels)}"] == 1_700_000_005)
    #expect(page[#"container_fs_reads_bytes_total{\#(labels),device=""}"#] == 4097)
    #expect(page[#"container_fs_writes_bytes_total{\#(labels),device=""}"#] == 102)
    #expect(page.names("container_network").isEmpty && page.names("container_spec_cpu").isEmpty)
    #expect(
      page.names("container_last_seen") == [
        "container_last_seen{\(labels)}", #"container_last_seen{id="/supervisor/redis",name="redis",image=""}"#,
      ])
    // Nothing is known of the memory of the second.
    #expect(page.names("container_memory_usage").count == 1)
  }

  @Test func pidFilesNameProgramsToo() throws {
    _ = try supervisor()
    try machine.write("120\n", "run/pids/cache.pid")
    try machine.write("999999\n", "run/pids/muerto.pid")
    try machine.write("nada\n", "run/pids/roto.pid")
    try machine.write("110\n", "run/pids/otro.txt")
    let page = try machine.page("--collector.containers.supervised=\(machine.directory.file("run/pids"))")
    #expect(
      page.names("container_last_seen") == [#"container_last_seen{id="/supervisor/cache",name="cache",image=""}"#])
  }

  @Test func aNetworkOfItsOwnIsShown() throws {
    let argument = try supervisor()
    try machine.process(120, parent: 100, command: "redis-server", start: 800, namespace: "net:[3]")
    try machine.write("eth0: 11 0 0 0 0 0 0 0 22 0\n", "proc/120/net/dev")
    let page = try machine.page(argument)
    let labels = #"id="/supervisor/redis",name="redis",image="",interface="eth0""#
    #expect(page["container_network_receive_bytes_total{\(labels)}"] == 11)
    #expect(page["container_network_transmit_bytes_total{\(labels)}"] == 22)
    #expect(page.names("container_network").count == 2)
  }

  @Test func whatHasAControlGroupForItselfIsShownAsThatAlone() throws {
    let argument = try supervisor()
    let files = ["cpu.stat": "usage_usec 1\n", "cgroup.procs": "110\n"]
    for group in ["minimarket/postgres", "user.slice/sesion.scope"] { try machine.unified(group, files) }
    try machine.write("0::/minimarket/postgres\n", "proc/110/cgroup")
    // Which the supervisor itself is in is nobody's own.
    for pid in [100, 120] { try machine.write("0::/user.slice/sesion.scope\n", "proc/\(pid)/cgroup") }
    let names = try machine.page(argument).names("container_last_seen").compactMap {
      $0.split(separator: "\"").dropFirst().first.map(String.init)
    }
    #expect(names == ["/minimarket/postgres", "/supervisor/redis", "/user.slice/sesion.scope"])
  }

  @Test func aSupervisorThatDoesNotRunHasNoPrograms() throws {
    #expect(throws: NothingToRead.self) {
      try machine.page("--collector.containers.supervised=\(machine.directory.file("falta.pid"))")
    }
    try machine.write("4242424\n", "run/supervisord.pid")
    #expect(throws: NothingToRead.self) {
      try machine.page("--collector.containers.supervised=\(machine.directory.file("run/supervisord.pid"))")
    }
  }

  @Test func damagedFilesNeverCrash() throws {
    let argument = try supervisor()
    let collector = try machine.collector([argument])
    let files = ["proc/110/stat", "proc/110/statm", "proc/111/io", "proc/110/environ", "run/supervisord.pid"]
    let texts = try files.map { try String(contentsOfFile: machine.directory.file($0), encoding: .utf8) }
    for seed in 1...400 {
      var damage = Damage(seed: UInt64(seed))
      let index = seed % files.count
      let file = machine.directory.file(files[index])
      try Data(damage.damaged(texts[index])).write(to: URL(fileURLWithPath: file))
      _ = try? ReadPage(collector, machine.host)
      try texts[index].write(toFile: file, atomically: false, encoding: .utf8)
    }
    #expect(try ReadPage(collector, machine.host).names("container_last_seen").count == 2)
  }
}
