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

  /// Of the target itself, or of another node of its cluster.
  typealias Opening =
    @Sendable (RedisConfiguration.Endpoint?, ContinuousClock.Instant) async throws(RedisError) -> RedisSession

  private let options: KeyOptions
  private let open: Opening
  private var last: Result<Findings, RedisError>?
  private var running: Task<Void, Never>?
  private var nextStart = ContinuousClock.now
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// - Parameter open: a session of its own for each scan.
  init(_ options: KeyOptions, open: @escaping Opening) {
    self.options = options
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
    var sessions: [RedisSession] = []
    do throws(RedisError) {
      let end = start + .seconds(Self.maximumScanSeconds)
      sessions = [try await open(nil, end)]
      if options.areInCluster, let seed = sessions.first {
        for node in try await ClusterNodes.otherMasters(seed, until: end) { sessions.append(try await open(node, end)) }
      }
      var scan = KeyScan(sessions, options, until: end)
      result = .success(try await scan.run())
    } catch {
      result = .failure(error)
    }
    for session in sessions { await session.connection.close() }
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
