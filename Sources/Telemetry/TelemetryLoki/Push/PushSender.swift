import NIOCore

/// Takes batches from the queue and pushes them, one at a time, until the queue is empty. On its event loop alone.
final class PushSender {
  private enum Phase {
    case resting
    /// A batch is under way.
    case sending
    /// The receiver is away until the timer ends.
    case waiting
    case ended
  }

  private let configuration: LokiConfiguration
  private let queue: SharedQueue
  private let loop: any EventLoop
  private let client: PushClient
  private var backoff: Backoff
  private var phase = Phase.resting
  private var timer: Scheduled<Void>?
  private var batch: EntryBlock?
  private var progress = BatchProgress(count: 0, maximumRequests: 0)
  /// Called once at the end.
  private var whenDone: (() -> Void)?
  /// At the end: how many failures the receiver may have.
  private var attemptsLeft = 0

  init(_ configuration: LokiConfiguration, _ queue: SharedQueue, on loop: any EventLoop) {
    self.configuration = configuration
    self.queue = queue
    self.loop = loop
    client = PushClient(configuration, on: loop)
    backoff = Backoff(configuration.limits)
  }

  /// Begins with what an earlier process left.
  func start() { wake(queue.use { $0.start() }) }

  func wake(_ wake: PendingQueue.Wake) {
    guard phase == .resting else { return }
    switch wake {
    case .never: break
    case .whenBatchIsOld: startTimer(seconds: configuration.limits.maximumBatchAgeSeconds)
    case .now: next()
    }
  }

  /// Sends what there is, as long as the receiver takes it: there is one last attempt, without waiting.
  func finish(then done: @escaping () -> Void) {
    whenDone = done
    // What is under way was no last attempt yet.
    attemptsLeft = phase == .sending ? 2 : 1
    if phase != .sending { next() }
  }

  /// The time is over, whatever is under way.
  func end() {
    phase = .ended
    timer?.cancel()
    client.close()
    whenDone = nil
  }

  private func startTimer(seconds: Double) {
    timer?.cancel()
    timer = loop.assumeIsolated().scheduleTask(in: .seconds(fromDouble: seconds)) { self.next() }
  }

  private func next() {
    guard phase != .sending, phase != .ended else { return }
    timer?.cancel()
    batch = queue.use { $0.next() }
    guard let batch else { return rest(isEmpty: true) }
    progress = BatchProgress(
      count: batch.slots.count, maximumRequests: configuration.limits.maximumRequestsPerBatch)
    phase = .sending
    send()
  }

  /// - Parameter isEmpty: the queue gave nothing.
  private func rest(isEmpty: Bool) {
    phase = .resting
    batch = nil
    let wake = queue.use { $0.rest() }
    if whenDone != nil { return isEmpty || wake == .never ? done() : next() }
    let limits = configuration.limits
    switch wake {
    case .never: break
    // A queue that has something and gives nothing has a disk that cannot be read now.
    case _ where isEmpty: startTimer(seconds: limits.spillRetrySeconds)
    case .whenBatchIsOld: startTimer(seconds: limits.maximumBatchAgeSeconds)
    case .now: startTimer(seconds: 0)
    }
  }

  private func done() {
    whenDone?()
    whenDone = nil
  }

  private func send() {
    guard let batch, let part = progress.current else { return rest(isEmpty: false) }
    let body = PushBody.encode(batch.slots[part], of: batch, configuration.format)
    client.push(body) { self.receive($0) }
  }

  private func receive(_ result: Result<PushAnswer, PushError>) {
    guard phase == .sending else { return }
    switch result {
    case .failure(let error): failed(.unreachable, reason: error.description)
    case .success(let answer):
      switch answer.verdict {
      case .accepted: settle(progress.accepted(), .accepted)
      case .refused(let reason): settle(progress.refused(reason), .refused)
      case .hopeless: settle(progress.refused(.refused, isWhole: true), .refused)
      case .retry(let outcome):
        if outcome == .unauthorized { client.credentialsWereRefused() }
        failed(outcome, reason: "HTTP \(answer.status)", retryAfterSeconds: answer.retryAfterSeconds)
      }
    }
  }

  private func settle(_ action: BatchProgress.Action?, _ outcome: LokiRequestOutcome) {
    guard let batch else { return }
    backoff.succeeded()
    queue.use { queue in
      queue.count(outcome)
      queue.setReceiverAway(nil)
      switch action {
      case .settled(let index, let sent): queue.settle(through: batch.slots[index].sequence, sent: sent)
      case .dropped(let index, let reason, let count):
        queue.settle(through: batch.slots[index].sequence, dropped: (reason, count))
      case .split, nil: break
      }
    }
    send()
  }

  private func failed(_ outcome: LokiRequestOutcome, reason: String, retryAfterSeconds: Double? = nil) {
    queue.use { queue in
      queue.count(outcome)
      queue.release()
      queue.setReceiverAway(reason)
    }
    batch = nil
    if whenDone != nil {
      phase = .resting
      attemptsLeft -= 1
      return attemptsLeft > 0 ? next() : done()
    }
    phase = .waiting
    startTimer(seconds: backoff.failed(retryAfterSeconds: retryAfterSeconds))
  }
}
