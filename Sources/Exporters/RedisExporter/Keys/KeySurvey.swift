import Redis
import Telemetry

/// Scans for keys in the background: a scrape reads what the last scan found and, where that is old, has the next one
/// begin. A scan has a connection of its own, asks in small steps and ends at limits of count and time; then it pauses
/// for a multiple of what it took, so that the server is never busy with us for more than a fifth of its time.
actor KeySurvey {
  /// What a scan found.
  struct Findings: Sendable {
    var batch = SampleBatch()
    /// False where a limit ended it: what it says is of a part of the keys.
    var isComplete = true
    var ended = ContinuousClock.now
    var duration = Duration.zero
    /// Of the key groups alone.
    var groupsDuration = Duration.zero
  }

  static let maximumScanSeconds = 30
  static let pauseFactor = 4
  /// The first scrape waits so long for the first scan, so that a small one is there at once.
  static let firstWaitMilliseconds = 2000

  private let open: @Sendable (ContinuousClock.Instant) async throws(RedisError) -> RedisSession
  private var last: Result<Findings, RedisError>?
  private var running: Task<Void, Never>?
  private var nextStart = ContinuousClock.now
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// - Parameter open: a session of its own for each scan.
  init(open: @escaping @Sendable (ContinuousClock.Instant) async throws(RedisError) -> RedisSession) {
    self.open = open
  }

  /// - Returns: nil while the first scan runs.
  func findings(until deadline: ContinuousClock.Instant) async throws(RedisError) -> Findings? {
    if running == nil, .now >= nextStart { running = Task { await scan() } }
    if last == nil, running != nil {
      let end = min(deadline, .now + .milliseconds(Self.firstWaitMilliseconds))
      let timer = Task {
        // Cancelled when the scan is faster.
        if (try? await Task.sleep(until: end, clock: .continuous)) != nil { wake() }
      }
      await withCheckedContinuation { waiting.append($0) }
      timer.cancel()
    }
    return try last?.get()
  }

  func close() async {
    running?.cancel()
    await running?.value
  }

  private func wake() {
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  private func scan() async {
    let start = ContinuousClock.now
    var result: Result<Findings, RedisError>
    do throws(RedisError) {
      let session = try await open(start + .seconds(Self.maximumScanSeconds))
      var scan = KeyScan(session, until: start + .seconds(Self.maximumScanSeconds))
      do throws(RedisError) {
        result = .success(try await scan.run())
      } catch {
        result = .failure(error)
      }
      await session.connection.close()
    } catch {
      result = .failure(error)
    }
    let now = ContinuousClock.now
    if case .success(var findings) = result {
      (findings.ended, findings.duration) = (now, now - start)
      result = .success(findings)
    }
    last = result
    nextStart = now + (now - start) * Self.pauseFactor
    running = nil
    wake()
  }
}
