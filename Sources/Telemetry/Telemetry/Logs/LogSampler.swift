import Logging

/// How many records of one place in the code are let through. Warnings and worse always are.
public struct LogSampling: Sendable {
  /// The records of one second, call site and level that pass; the others are counted in a summary.
  public var recordsPerSecond: Int

  /// 0 or less lets nothing below a warning pass.
  public init(recordsPerSecond: Int = 1_000) { self.recordsPerSecond = recordsPerSecond }
}

/// Lets the first records of a second and a call site pass, and says when the second is over how many did not.
///
/// `@unchecked`: the counters are atomic; `withheld`, `end` and `thread` are only touched under `monitor`.
final class LogSampler: @unchecked Sendable {
  /// Call sites whose records are counted; those past it pass.
  static let maximumCallSites = 2_048
  /// Places that are looked at for a call site.
  private static let probes = 8
  private static let summarySeconds = 1.0

  /// What a call site's summary says: the record's own message, and how many there were.
  struct Summary {
    let level: Logger.Level
    let message: Logger.Message
    let origin: LineOrigin
    var records: Int
  }

  private enum ThreadState { case none, running, ended }

  private let recordsPerSecond: UInt64
  private let onSummary: @Sendable (Summary) -> Void
  private let sites = AtomicTable(count: maximumCallSites)
  /// The second in the upper half, how many records it had in the lower.
  private let counts = AtomicTable(count: maximumCallSites)
  private let monitor = Monitor()
  private var withheld: [Int: Summary] = [:]
  private var isClosing = false
  private var thread = ThreadState.none

  init(_ sampling: LogSampling, onSummary: @escaping @Sendable (Summary) -> Void) {
    recordsPerSecond = UInt64(clamping: sampling.recordsPerSecond)
    self.onSummary = onSummary
  }

  deinit {
    sites.deallocate()
    counts.deallocate()
  }

  /// Whether the record is to go on; if not, it is kept in mind for the summary.
  func passes(_ event: LogEvent, origin: LineOrigin, second: Int) -> Bool {
    guard event.level < .warning, let slot = slot(of: event) else { return true }
    guard count(at: slot, second: second) > recordsPerSecond else { return true }
    withhold(event, origin, slot)
    return false
  }

  /// Writes the summaries that are due, and ends.
  func close(until deadline: MonotonicInstant) {
    monitor.withLock {
      isClosing = true
      monitor.signal()
      while thread == .running, monitor.wait(until: deadline) {}
    }
    summarize()
  }

  private func slot(of event: LogEvent) -> Int? {
    var file = event.file
    let text = file.withUTF8 { TextHash.of($0) }
    // Never 0, which is a free place.
    let site = TextHash.mix(text, UInt64(event.line) << 8 | UInt64(event.level.severity)) | 1
    for probe in 0..<Self.probes {
      let slot = Int(truncatingIfNeeded: (site >> 1) &+ UInt64(probe)) & (Self.maximumCallSites - 1)
      if sites.claim(site, at: slot) { return slot }
    }
    return nil
  }

  /// Counts one record more in the second.
  private func count(at slot: Int, second: Int) -> UInt64 {
    let window = UInt64(truncatingIfNeeded: second) << 32
    var current = counts.load(at: slot)
    while true {
      let isSame = current & ~0xFFFF_FFFF == window
      let desired = isSame ? current + (current & 0xFFFF_FFFF < 0xFFFF_FFFF ? 1 : 0) : window + 1
      guard let other = counts.exchange(current, for: desired, at: slot) else { return desired & 0xFFFF_FFFF }
      current = other
    }
  }

  private func withhold(_ event: LogEvent, _ origin: LineOrigin, _ slot: Int) {
    monitor.lock()
    defer { monitor.unlock() }
    if withheld[slot] != nil {
      withheld[slot]?.records += 1
      return
    }
    withheld[slot] = Summary(level: event.level, message: event.message, origin: origin, records: 1)
    if thread == .none, !isClosing {
      thread = DetachedThread.start { self.run() } ? .running : .ended
    } else {
      monitor.signal()
    }
  }

  private func run() {
    var isLast = false
    while !isLast {
      monitor.withLock {
        while withheld.isEmpty, !isClosing { monitor.wait() }
        let deadline = MonotonicInstant.after(seconds: Self.summarySeconds)
        while !isClosing, monitor.wait(until: deadline) {}
        isLast = isClosing
      }
      summarize()
    }
    monitor.withLock {
      thread = .ended
      monitor.signal()
    }
  }

  private func summarize() {
    let summaries = monitor.withLock {
      defer { withheld = [:] }
      return withheld
    }
    for slot in summaries.keys.sorted() { if let summary = summaries[slot] { onSummary(summary) } }
  }
}

extension Logger.Level {
  /// 0 for `trace` to 6 for `critical`.
  var severity: UInt8 {
    switch self {
    case .trace: 0
    case .debug: 1
    case .info: 2
    case .notice: 3
    case .warning: 4
    case .error: 5
    case .critical: 6
    }
  }
}
