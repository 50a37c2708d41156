import Alerts
import Foundation
import PromQL
import Render
import Topology

/// A process that supervisord has stopped.
struct ProcessStop: Fault {
  private let process: PlatformProcess
  private let stack: PrivateStack

  init(_ process: PlatformProcess, _ stack: PrivateStack) { (self.process, self.stack) = (process, stack) }

  func begin() async throws {
    try await stack.supervisor("stop", process.name)
    if let pid = try await stack.pid(of: process) { throw DrillError("\(process.name) still runs, pid \(pid)") }
  }

  /// What could not be sent to Alertmanager stays in a rate over five minutes.
  var forgetTimeout: Duration { process.name == Platform.alertmanager.name ? .seconds(360) : .seconds(180) }

  func undo() async throws { try await stack.supervisor("start", process.name) }

  func isMended() async throws -> Bool { try await stack.pid(of: process) != nil }
}

/// A process that is stopped again and again, each time for too short a while to be called down.
struct ProcessInterruption: Fault {
  private let process: PlatformProcess
  private let times: Int
  private let stack: PrivateStack

  init(_ process: PlatformProcess, times: Int, _ stack: PrivateStack) {
    (self.process, self.times, self.stack) = (process, times, stack)
  }

  func begin() async throws {
    let interruption = Duration.seconds(stack.stack.compressed(Alerts.serviceDown.holdsFor).seconds) / 2
    for _ in 0..<times {
      try await stack.supervisor("stop", process.name)
      try await Task.sleep(for: interruption)
      try await stack.supervisor("start", process.name)
      // Scrapes see it up before it goes again.
      try await Task.sleep(for: interruption)
    }
  }

  /// What was lost stays in an average over five minutes.
  var forgetTimeout: Duration { .seconds(330) }

  func undo() async throws { try await stack.supervisor("start", process.name) }

  func isMended() async throws -> Bool { try await stack.pid(of: process) != nil }
}

/// A process that dies without a word, so many times, each as soon as it runs again.
struct ProcessCrash: Fault {
  /// Of the supervisor's restart, a second later at each failure.
  private static let restartTimeout = Duration.seconds(60)

  private let process: PlatformProcess
  private let times: Int
  private let stack: PrivateStack

  init(_ process: PlatformProcess, times: Int, _ stack: PrivateStack) {
    (self.process, self.times, self.stack) = (process, times, stack)
  }

  func begin() async throws {
    for _ in 0..<times {
      guard let victim = try await stack.pid(of: process) else { throw DrillError("\(process.name) does not run") }
      kill(victim, SIGKILL)
      try await wait(within: Self.restartTimeout, for: "\(process.name) to be started again") {
        let isRunning = try await stack.supervisor("status", process.name).contains("RUNNING")
        let pid = try await stack.pid(of: process)
        return isRunning && pid != nil && pid != victim
      }
    }
  }

  /// Starts count for ten minutes.
  var forgetTimeout: Duration { .seconds(660) }

  func undo() async throws {}

  func isMended() async throws -> Bool { try await stack.pid(of: process) != nil }
}
