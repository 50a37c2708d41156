import Foundation
import Synchronization

/// A child process in a process group of its own.
package final class SpawnedProcess: Sendable {
  package let pid: pid_t
  private let reaper: Reaper

  package init(
    _ command: [String], environment: [String: String]? = nil, input: Int32, output: Int32, error: Int32
  ) throws {
    let environment = environment ?? ProcessInfo.processInfo.environment
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (source, target) in [(input, 0), (output, 1), (error, 2)] as [(Int32, Int32)] {
      posix_spawn_file_actions_adddup2(&actions, source, target)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, command.first ?? "", &actions, &attributes, arguments, variables)
    guard failure == 0 else {
      throw HarnessError("cannot start \(command.joined(separator: " ")): \(String(cString: strerror(failure)))")
    }
    self.pid = pid
    reaper = Reaper(pid)
  }

  package func signal(_ number: Int32) { reaper.signal(number) }

  /// Nil while it runs.
  package var status: Int32? { reaper.status }

  /// Nil if it still runs after the timeout.
  package func status(within timeout: Duration) async throws -> Int32? {
    let end = ContinuousClock.now + timeout
    while true {
      if let status { return status }
      guard .now < end else { return nil }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}

/// Takes a child's status the moment it ends, whoever still looks at it: the monitor of exit tests spins over a child
/// that is left dead.
private final class Reaper: Sendable {
  private let pid: pid_t
  private let exitStatus = Mutex<Int32?>(nil)

  init(_ pid: pid_t) {
    self.pid = pid
    // A thread of its own: waitid(2) blocks.
    Thread { self.reap() }.start()
  }

  var status: Int32? { exitStatus.withLock { $0 } }

  /// Under the lock the pid is the child's, dead or alive, and nobody else's yet.
  func signal(_ number: Int32) { exitStatus.withLock { if $0 == nil { _ = kill(pid, number) } } }

  private func reap() {
    var information = siginfo_t()
    while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    exitStatus.withLock { status in
      var raw: Int32 = 0
      // Another reaper took it, and its status with it.
      guard waitpid(pid, &raw, 0) == pid else {
        status = -1
        return
      }
      status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
    }
  }
}
