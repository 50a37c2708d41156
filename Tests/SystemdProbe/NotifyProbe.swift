import Foundation
import Logging
import ServiceLifecycle
import Systemd
import UnixSignals

/// A service under a service manager: it serves once `serve` is in the directory, its health hangs while `hang` is
/// there, and while `block` is there its cooperative pool stands still.
enum NotifyProbe {
  static func run(directory: String) async throws {
    @Sendable func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(directory)/\(name)") }
    var silent = Logger(label: "probe")
    silent.logLevel = .critical
    let notifier = ServiceManagerNotifier(logger: Logger(label: "probe")) {
      if exists("hang") { Output.say("hangs") }
      while exists("hang") { try? await Task.sleep(for: .milliseconds(5)) }
      return !exists("sick")
    }
    Task {
      while !exists("serve") { try await Task.sleep(for: .milliseconds(5)) }
      notifier.setServing()
      while !exists("block") { try await Task.sleep(for: .milliseconds(5)) }
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount * 4 {
        Task { while exists("block") { blockThread() } }
      }
    }
    let started = Started(file: "\(directory)/started")
    try await ServiceGroup(services: [started, notifier], gracefulShutdownSignals: [.sigterm], logger: silent).run()
  }

  /// One of every message, with its outcome.
  static func send() async {
    let manager = ServiceManager()
    let messages: [ServiceManager.Message] = [
      .ready, .status("dos\nlíneas"), .reloading, .extendTimeout(microseconds: 5_000_000), .watchdog, .stopping,
    ]
    for message in messages { Output.say("\(await manager.send(message))") }
    Output.say("\(await manager.send(.ready, .status("sirve")))")
    Output.say("\(ServiceManager.watchdogMicroseconds.map(String.init) ?? "no watchdog")")
  }

  /// More at once than may wait, with how many had which outcome.
  static func burst() async {
    let manager = ServiceManager()
    let outcomes = await withTaskGroup(of: ServiceManager.Outcome.self) { group in
      for _ in 0..<(ServiceManager.maximumWaitingMessages + 4) { group.addTask { await manager.send(.watchdog) } }
      return await group.reduce(into: [:]) { counts, outcome in counts["\(outcome)", default: 0] += 1 }
    }
    for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) { Output.say("\(outcome) \(count)") }
  }

  private static func blockThread() { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(10)) }
}

/// Says in a file that the group runs, and takes signals.
private struct Started: ServiceLifecycle.Service {
  let file: String

  func run() async throws {
    try Data().write(to: URL(fileURLWithPath: file))
    try? await gracefulShutdown()
  }
}
