import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_processes_*`: a file of `/proc` a process, a directory a process, and a file each thread beyond the first. On a
/// host with thousands of threads that is the dearest collector; it is off unless asked for.
struct ProcessesCollector: NodeCollector {
  let name = "processes"
  let isDefault = false
  let help = "Procesos e hilos por estado."

  init(_ flags: FlagValues) {}

  /// State and number of threads, from `stat` (proc(5)).
  private struct Status {
    let state: String
    let threads: Int
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    var (pids, threads) = (0, 0)
    var (states, threadStates): ([String: Int], [String: Int]) = ([:], [:])
    for process in try host.entries(of: host.procfs) where Self.isNumber(process) {
      guard let status = try Self.status(host.proc("\(process)/stat"), host) else { continue }
      pids += 1
      threads &+= status.threads
      states[status.state, default: 0] += 1
      for thread in (try? host.entries(of: host.proc("\(process)/task"))) ?? [] where Self.isNumber(thread) {
        let own = thread == process ? status : try Self.status(host.proc("\(process)/task/\(thread)/stat"), host)
        if let own { threadStates[own.state, default: 0] += 1 }
      }
    }
    batch.add(Host.Processes.threads, Double(threads))
    batch.add(Host.Processes.maxThreads, try host.number(host.proc("sys/kernel/threads-max")))
    for (state, count) in states.sorted(by: { $0.key < $1.key }) {
      batch.add(Host.Processes.state, Host.Processes.State(state), Double(count))
    }
    for (state, count) in threadStates.sorted(by: { $0.key < $1.key }) {
      batch.add(Host.Processes.threadsState, Host.Processes.ThreadState(state), Double(count))
    }
    batch.add(Host.Processes.pids, Double(pids))
    batch.add(Host.Processes.maxProcesses, try host.number(host.proc("sys/kernel/pid_max")))
  }

  private static func isNumber(_ name: String) -> Bool { name.utf8.allSatisfy { (48...57).contains($0) } }

  /// nil where the process or thread has ended since it was listed.
  private static func status(_ path: String, _ host: NodeHost) throws -> Status? {
    do {
      return try host.withBytes(of: path) { bytes in
        // The name in parentheses may hold anything, parentheses too: what counts stands behind the last one.
        guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        var fields = bytes.part(end + 1..<bytes.count).fields
        guard let state = fields.next() else { return nil }
        fields.skip(16)
        guard let threads = fields.next()?.integer else { return nil }
        return Status(state: state.string, threads: threads)
      }
    } catch let error as HostError where error.isAbsence {
      return nil
    }
  }
}
