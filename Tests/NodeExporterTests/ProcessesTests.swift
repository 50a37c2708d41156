import Testing

@testable import NodeExporter

@Suite("Collector processes")
struct ProcessesTests {
  private static func stat(_ pid: Int, _ name: String, _ state: String, threads: Int) -> String {
    "\(pid) (\(name)) \(state) 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 \(threads) 0 21 22\n"
  }

  private static let files = [
    "proc/sys/kernel/threads-max": "7801\n", "proc/sys/kernel/pid_max": "32768\n",
    "proc/1/stat": stat(1, "init", "S", threads: 1), "proc/1/task/1/stat": stat(1, "init", "S", threads: 1),
    "proc/70/stat": stat(70, "a) R (b", "D", threads: 3), "proc/70/task/70/stat": stat(70, "x", "D", threads: 3),
    "proc/70/task/71/stat": stat(71, "y", "R", threads: 3), "proc/70/task/72/status": "ended\n",
    "proc/80/status": "ended\n", "proc/90/stat": "90 (cut",
    "proc/self/stat": stat(1, "init", "Z", threads: 9), "proc/91x/stat": stat(1, "init", "Z", threads: 9),
  ]

  @Test("processes and threads by state; those that end meanwhile count for nothing")
  func whole() throws {
    #expect(
      try ProcfsTree(Self.files).read(ProcessesCollector.self) == [
        "node_processes_threads": 4, "node_processes_max_threads": 7801, "node_processes_pids": 2,
        "node_processes_max_processes": 32_768, #"node_processes_state{state="S"}"#: 1,
        #"node_processes_state{state="D"}"#: 1, #"node_processes_threads_state{thread_state="S"}"#: 1,
        #"node_processes_threads_state{thread_state="D"}"#: 1, #"node_processes_threads_state{thread_state="R"}"#: 1,
      ])
  }

  @Test("the limits are part of it")
  func withoutLimits() throws {
    let tree = try ProcfsTree(Self.files.filter { !$0.key.contains("sys/kernel") })
    #expect(throws: HostError.self) { try tree.read(ProcessesCollector.self) }
  }
}
