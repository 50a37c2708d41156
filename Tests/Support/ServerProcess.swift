import Foundation

/// A server that a test starts, and that never outlives the test process: a guard beside it kills it when the pipe that
/// this object holds is closed, however the test process ends.
package final class ServerProcess: Sendable {
  /// The server's process, not the guard's.
  package let pid: pid_t
  private let guardian: SpawnedProcess
  private let pipe: Int32

  private static let script = """
    log=$1 pidfile=$2 cleanup=$3; shift 3
    exec 3<&0
    "$@" >>"$log" 2>&1 </dev/null 3<&- & server=$!
    echo $server >"$pidfile.new" && mv "$pidfile.new" "$pidfile"
    (read -r _ <&3; touch "$pidfile.orphan"; kill -KILL $server) 2>/dev/null & guard=$!
    wait $server; status=$?
    if [ -e "$pidfile.orphan" ]; then sleep 1; rm -rf "$cleanup"; else kill -KILL $guard; fi
    exit $status
    """

  /// - Parameters:
  ///   - command: the executable's absolute path and its arguments.
  ///   - directory: gets the log `<name>.log`; it is removed should the test process die.
  ///   - unprivileged: run as `UnprivilegedUser.needed`.
  package init(
    _ name: String, _ command: [String], environment: [String: String]? = nil, in directory: TemporaryDirectory,
    unprivileged: Bool = false
  ) async throws {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw TestSupportError("cannot make a pipe: errno \(errno)") }
    defer { close(ends[0]) }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    pipe = ends[1]
    let log = Subprocess.create(directory.file("guard.log"))
    defer { close(log) }
    let pidFile = directory.file("\(name)-\(UInt32.random(in: 0...UInt32.max)).pid")
    let prefix = unprivileged ? UnprivilegedUser.prefix : []
    guardian = try SpawnedProcess(
      ["/bin/sh", "-c", Self.script, "sh", directory.file("\(name).log"), pidFile, directory.path] + prefix + command,
      environment: environment, input: ends[0], output: log, error: log)
    var pid: pid_t?
    while pid == nil {
      guard guardian.status == nil else { throw TestSupportError("the guard of \(name) ended at once") }
      try await Task.sleep(for: .milliseconds(2))
      let text = try? String(contentsOfFile: pidFile, encoding: .utf8)
      pid = text.flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
    self.pid = pid ?? 0
  }

  deinit { close(pipe) }

  /// The exit code, once it has ended; nil if it has not by then.
  package func status(within timeout: Duration) async throws -> Int32? { try await guardian.status(within: timeout) }

  package var isRunning: Bool { guardian.status == nil }

  /// To the server alone.
  package func signal(_ number: Int32) { if isRunning { kill(pid, number) } }

  /// To the server and all processes below it.
  package func signalTree(_ number: Int32) {
    for process in [pid] + Self.descendants(of: pid) { kill(process, number) }
  }

  /// Asks with the signal, insists with SIGKILL, and returns when it is gone.
  package func stop(_ number: Int32 = SIGTERM, within timeout: Duration = .seconds(10)) async throws {
    signal(number)
    if try await guardian.status(within: timeout) == nil { try await killTree() }
  }

  /// As a crash or a power cut: the server and all below it, at once.
  package func killTree() async throws {
    signalTree(SIGKILL)
    guard try await guardian.status(within: .seconds(10)) != nil else {
      throw TestSupportError("process \(pid) does not die")
    }
  }

  private static func descendants(of parent: pid_t) -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let children = names.compactMap { pid_t($0) }.filter { self.parent(of: $0) == parent }
    return children + children.flatMap { descendants(of: $0) }
  }

  /// Source: proc(5), `/proc/PID/stat`: the fourth field, after the name in parentheses.
  private static func parent(of process: pid_t) -> pid_t? {
    guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = stat.lastIndex(of: ")")
    else { return nil }
    let fields = stat[name...].split(separator: " ")
    return fields.count > 2 ? pid_t(fields[2]) : nil
  }
}
