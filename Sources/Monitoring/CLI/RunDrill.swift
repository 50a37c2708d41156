import Alerts
import ArgumentParser
import Drills
import Foundation

struct RunDrill: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill",
    abstract: "Break a platform of its own so that an alert fires, arrives, is understood, mended and resolved.")

  @Argument(help: "The alerts' names.")
  var alerts: [String] = []

  @Flag(help: "Every alert.")
  var all = false

  @OptionGroup var root: RootOption
  @OptionGroup var options: DrillOptions

  func validate() throws {
    guard all != !alerts.isEmpty else { throw ValidationError("name an alert, or pass --all") }
  }

  func run() async throws {
    let chosen = all ? Alerts.all : try alerts.map(Self.find)
    let report = try await options.drill(chosen, root: root.root)
    try options.show(report)
    if report.hasFailed { throw ExitCode.failure }
  }

  private static func find(_ name: String) throws -> Alert {
    guard let alert = Alerts.all.first(where: { $0.name == name }) else {
      throw ValidationError("there is no alert \(name); there are \(Alerts.all.map(\.name).joined(separator: ", "))")
    }
    return alert
  }
}

/// How drills are run.
struct DrillOptions: ParsableArguments {
  @Option(help: "Directory of the platform's executables (default: that of this one).")
  var binDir: String?

  @Option(help: "What every wait of the monitoring is divided by; expressions stay as they are.")
  var timeDivisor = 20

  @Flag(help: "Leave the platform running afterwards.")
  var keep = false

  @Option(help: "File that the report is written to, in Markdown.")
  var report: String?

  func validate() throws {
    guard timeDivisor >= 1 else { throw ValidationError("--time-divisor is 1 or more") }
  }

  func drill(_ alerts: [Alert], root: String) async throws -> DrillReport {
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let binaries = binDir ?? (link as NSString).deletingLastPathComponent
    let plan = DrillPlan(alerts)
    let sessions = try plan.lanes.map { lane in
      DrillSession(lane, on: try PrivateStack(root: root, binaries: binaries, timeDivisor: timeDivisor)) { line in
        print(line)
        // A file or a pipe wants to show each line when it comes.
        fflush(nil)
      }
    }
    let isKept = keep
    let results = try await Interruption.cancelling {
      try await withThrowingTaskGroup(of: [DrillResult].self) { group in
        for session in sessions { group.addTask { try await session.run(keeping: isKept) } }
        return try await group.reduce(into: []) { $0 += $1 }
      }
    }
    return DrillReport(results: results, missing: plan.missing, remarks: sessions.flatMap(\.remarks))
  }

  func show(_ report: DrillReport) throws {
    print("\n" + report.text, terminator: "")
    if let path = self.report { try Data(report.text.utf8).write(to: URL(fileURLWithPath: path)) }
  }
}
