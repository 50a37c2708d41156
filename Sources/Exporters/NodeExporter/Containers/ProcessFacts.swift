import ExporterKit
import Glibc

/// What procfs says of one process (proc_pid_stat(5)); times in clock ticks.
struct ProcessFacts: Sendable, Equatable {
  let pid: Int
  let command: String
  let parent: Int
  /// Its own and that of the children it has waited for.
  let cpuTicks: Double
  /// Since the machine's start.
  let startTicks: Double

  static let ticksPerSecond = Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))
  static let pageBytes = Double(max(sysconf(Int32(_SC_PAGESIZE)), 1))

  /// nil for a process that is gone.
  init?(_ host: NodeHost, pid: Int) {
    guard let facts = (try? host.withBytes(of: host.proc("\(pid)/stat")) { Self(pid, $0) }) ?? nil else { return nil }
    self = facts
  }

  private init?(_ pid: Int, _ bytes: Bytes) {
    // The command may hold anything, parentheses too.
    guard let open = bytes.firstIndex(of: UInt8(ascii: "(")), let close = bytes.lastIndex(of: UInt8(ascii: ")")),
      open < close
    else { return nil }
    var fields = bytes.part(close + 1..<bytes.count).fields
    // Counted as the man page does, the state is number 3.
    let values = (3...22).map { _ in fields.next() }
    guard let parent = values[1]?.integer, let start = values[19]?.unsigned else { return nil }
    self.pid = pid
    command = bytes.part(open + 1..<close).string
    self.parent = parent
    cpuTicks = values[11...14].reduce(0) { $0 + Double($1?.unsigned ?? 0) }
    startTicks = Double(start)
  }
}

extension NodeHost {
  /// When the machine started, in seconds since the epoch.
  func bootSeconds() -> Double? {
    let boot = try? withBytes(of: proc("stat")) { $0.flatValue("btime") }
    return (boot ?? nil).map { Double($0) }
  }

  /// The network namespace of a process; nil where it is none of ours to know.
  func networkNamespace(of process: String) -> String? { link(proc("\(process)/ns/net")) }

  /// The machine's own; where process 1 may not be looked at, that of the kernel's threads.
  var hostNetworkNamespace: String? {
    networkNamespace(of: "1") ?? (text(proc("2/comm")) == "kthreadd" ? networkNamespace(of: "2") : nil)
  }

  /// Bytes by interface, as the process sees them, without those that only the machine itself has an interest in.
  func readNetwork(of pid: Int, into reading: inout ContainerReading) {
    try? withBytes(of: proc("\(pid)/net/dev")) { bytes in
      bytes.forEachLine { line in
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = line.part(0..<colon).trimmed
        if name == "lo" || name.hasPrefix("veth") || name.hasPrefix("docker") || name.hasPrefix("nerdctl") { return }
        var fields = line.part(colon + 1..<line.count).fields
        let values = (0..<9).map { _ in fields.next()?.unsigned }
        guard let received = values[0], let sent = values[8] else { return }
        reading.received[name.string] = Double(received)
        reading.transmitted[name.string] = Double(sent)
      }
    }
  }
}
