import CSystemd
import Dispatch
import Glibc
import Synchronization

/// The service manager that started this process, by sd_notify(3): nothing happens where `NOTIFY_SOCKET` is not set.
///
/// Messages arrive in the order in which they were sent. libsystemd's call blocks while the manager's socket is full,
/// hence a thread of its own, and limits on how many wait and for how long.
public final class ServiceManager: Sendable {
  /// A line of sd_notify(3).
  public enum Message: Sendable, Equatable {
    case ready
    case stopping
    /// `ready` must follow once the configuration is read again.
    case reloading
    /// For people, in `systemctl status`; line ends become spaces.
    case status(String)
    case watchdog
    /// How much longer starting, stopping or running may take, from now on.
    case extendTimeout(microseconds: UInt64)

    var text: String {
      switch self {
      case .ready: "READY=1"
      case .stopping: "STOPPING=1"
      case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(Self.monotonicMicroseconds())"
      case .status(let status): "STATUS=\(String(status.map { $0.isNewline || $0 == "\0" ? " " : $0 }))"
      case .watchdog: "WATCHDOG=1"
      case .extendTimeout(let microseconds): "EXTEND_TIMEOUT_USEC=\(microseconds)"
      }
    }

    /// What systemd compares with when the reload was asked for (`Type=notify-reload`).
    private static func monotonicMicroseconds() -> Int {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
    }
  }

  public enum Outcome: Sendable, Equatable {
    case sent
    /// The process was not started by a manager that listens.
    case noManager
    case failed(errno: Int32)
    /// The manager did not take it in time; it may still.
    case timedOut
    /// Too many messages wait already.
    case busy
  }

  public static let maximumWaitingMessages = 16
  public static let maximumSendSeconds = 2

  private let queue = DispatchQueue(label: "service-manager")
  private let timeouts = DispatchQueue(label: "service-manager-timeouts")
  private let waiting = Atomic(0)

  public init() {}

  /// Within which `watchdog` must be sent again (`WATCHDOG_USEC`); nil where this process has no watchdog.
  public static var watchdogMicroseconds: UInt64? {
    var microseconds: UInt64 = 0
    return sd_watchdog_enabled(0, &microseconds) > 0 ? microseconds : nil
  }

  /// Sends the messages as one, and returns within `maximumSendSeconds`.
  @discardableResult
  public func send(_ messages: Message...) async -> Outcome {
    guard waiting.add(1, ordering: .relaxed).newValue <= Self.maximumWaitingMessages else {
      waiting.subtract(1, ordering: .relaxed)
      return .busy
    }
    let text = messages.map(\.text).joined(separator: "\n")
    return await withCheckedContinuation { continuation in
      let answer = Answer(continuation)
      queue.async { [self] in
        let status = sd_notify(0, text)
        waiting.subtract(1, ordering: .relaxed)
        answer.give(status > 0 ? .sent : status == 0 ? .noManager : .failed(errno: -status))
      }
      timeouts.asyncAfter(deadline: .now() + .seconds(Self.maximumSendSeconds)) { answer.give(.timedOut) }
    }
  }

  /// The first of two answers.
  private final class Answer: Sendable {
    private let continuation: Mutex<CheckedContinuation<Outcome, Never>?>

    init(_ continuation: CheckedContinuation<Outcome, Never>) { self.continuation = Mutex(continuation) }

    func give(_ outcome: Outcome) {
      let first = continuation.withLock { continuation in
        defer { continuation = nil }
        return continuation
      }
      first?.resume(returning: outcome)
    }
  }
}
