import Alerts
import Foundation
import Harness

/// A control group with a limit, and in it a process that takes most of what it may: needs root. node-exporter shows
/// the group as a container with the group's name.
actor HungryGroup: Fault {
  /// Of which a share is taken.
  private static let memoryLimitBytes = 256 << 20
  private static let processorQuotaMicroseconds = 20_000

  private let appetite: Appetite
  private let group: ControlGroup
  private var eater: SpawnedProcess?

  init(_ appetite: Appetite, _ stack: PrivateStack) throws {
    self.appetite = appetite
    group =
      switch appetite {
      case .memory: try ControlGroup(Drill.controlGroup, memoryLimitBytes: Self.memoryLimitBytes)
      case .processor: try ControlGroup(Drill.controlGroup, quotaMicroseconds: Self.processorQuotaMicroseconds)
      }
  }

  /// A new group's rate over five minutes rises as these pass.
  nonisolated var showTimeout: Duration { .seconds(330) }

  nonisolated var series: [String: String] { ["name": group.name] }

  func begin() async throws {
    // One at a time on a machine: the runbooks know it by its name.
    guard group.remove() else { throw DrillError("another drill has the control group \(group.name)") }
    try group.make()
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(nothing) }
    let amount =
      switch appetite {
      case .memory(let percent): ["--memory-bytes", "\(Self.memoryLimitBytes / 100 * percent)"]
      case .processor: ["--processor"]
      }
    // Should we be killed, it goes with us.
    let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let eater = try SpawnedProcess(
      ["/usr/bin/setpriv", "--pdeathsig", "KILL", executable, "eat"] + amount
        + group.directories.flatMap {
          ["--group", $0]
        }, input: nothing, output: nothing, error: nothing)
    self.eater = eater
    try await wait(within: .seconds(10), for: "a process in \(group.name)") {
      if let status = eater.status { throw DrillError("the process in \(group.name) ended with \(status)") }
      return group.hasProcesses
    }
  }

  func isMended() -> Bool { !group.hasProcesses }

  func undo() async throws {
    if let eater {
      eater.signal(SIGKILL)
      guard try await eater.status(within: .seconds(10)) != nil else {
        throw DrillError("the process in \(group.name) does not die")
      }
    }
    try await wait(within: .seconds(10), for: "\(group.name) to be empty") { group.remove() }
  }
}

/// What is taken too much of.
enum Appetite: Sendable {
  case memory(percent: Int)
  case processor
}
