import Catalog
import MetricModel

/// How often the supervisor started each program again: what its events add up to, and the text file that says so.
///
/// A restart is a start that nobody asked for: from EXITED, after the program ran, or from BACKOFF, before it ever did.
/// A start from STOPPED or FATAL is an operator's (http://supervisord.org/subprocess.html#process-states).
struct RestartCount {
  /// Past this a number is no count of ours, and a double would no longer hold it exactly.
  static let maximumCount = 1 << 53

  /// In the order of the file.
  let programs: [String]
  private var counts: [String: Int]

  /// - Parameter text: an earlier file, which the count goes on from; whatever it does not say is 0.
  init(of programs: [String], after text: String = "") {
    self.programs = programs
    counts = [:]
    for line in text.split(separator: "\n") {
      guard let space = line.lastIndex(of: " "), let count = Int(line[line.index(after: space)...]) else { continue }
      let series = line[..<space]
      guard let program = programs.first(where: { series == Self.series($0) }) else { continue }
      if (0...Self.maximumCount).contains(count) { counts[program] = count }
    }
  }

  /// - Returns: whether something was added.
  mutating func add(_ event: SupervisorEvent) -> Bool {
    guard event.name == "PROCESS_STATE_STARTING", let program = event.payload["processname"],
      programs.contains(program), ["EXITED", "BACKOFF"].contains(event.payload["from_state"])
    else { return false }
    counts[program] = Swift.min((counts[program] ?? 0) + 1, Self.maximumCount)
    return true
  }

  /// In Prometheus' text format; every program is there, from the start.
  var text: String {
    let family = Supervisor.restarts.descriptor
    let head = "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) counter\n"
    return head + programs.map { "\(Self.series($0)) \(counts[$0] ?? 0)\n" }.joined()
  }

  private static func series(_ program: String) -> String {
    "\(Supervisor.restarts.name){\(Supervisor.NameKey.name)=\"\(program)\"}"
  }
}
