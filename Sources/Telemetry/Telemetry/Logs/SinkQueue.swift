import Glibc

/// A bounded buffer of lines before one sink, and the thread that empties it, so that a slow sink blocks nobody:
/// past the bound lines are dropped and counted.
///
/// `@unchecked`: `pending`, `isClosing` and `isIdle` are only touched under `mutex`; the sink only by the thread.
final class SinkQueue: @unchecked Sendable {
  /// What waits at the most for a sink that stands still.
  static let maximumPendingBytes = 4 << 20

  private let sink: any LogSink
  private let onDrop: @Sendable (_ error: LogSinkError?, _ lines: Int) -> Void
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var pending: [LogRecord] = []
  private var pendingBytes = 0
  private var isClosing = false
  /// The sink has nothing to write.
  private var isIdle = true

  /// - Parameter onDrop: called with the sink's error, or nil where the buffer was full.
  init(_ sink: any LogSink, onDrop: @escaping @Sendable (LogSinkError?, Int) -> Void) {
    self.sink = sink
    self.onDrop = onDrop
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
    startThread()
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Takes one record; never waits for the sink.
  func submit(_ record: LogRecord) {
    pthread_mutex_lock(mutex)
    let isFull = isClosing || pendingBytes + record.line.count > Self.maximumPendingBytes
    if !isFull {
      pending.append(record)
      pendingBytes += record.line.count
      pthread_cond_broadcast(changed)
    }
    pthread_mutex_unlock(mutex)
    if isFull { onDrop(nil, 1) }
  }

  /// Ends the thread after what is pending, waiting at most until `deadline` (seconds since the epoch).
  func close(until deadline: Timestamp) {
    var limit = timespec(tv_sec: deadline.seconds, tv_nsec: deadline.nanoseconds)
    pthread_mutex_lock(mutex)
    isClosing = true
    pthread_cond_broadcast(changed)
    while !(pending.isEmpty && isIdle) {
      if pthread_cond_timedwait(changed, mutex, &limit) == ETIMEDOUT { break }
    }
    // Taken from the thread, should its sink come back: what waits is either written or counted as lost. What the sink
    // holds already is neither until its write ends.
    let lost = pending.count
    pending = []
    pendingBytes = 0
    pthread_mutex_unlock(mutex)
    if lost > 0 { onDrop(nil, lost) }
  }

  private func startThread() {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<SinkQueue>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      // Without a thread nothing empties the buffer: every line is dropped, and counted.
      box.release()
      isClosing = true
      return
    }
    pthread_detach(thread)
  }

  private func run() {
    // Signals are for the threads that expect them; a closed pipe is then an error of the write, not SIGPIPE.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, nil)
    while let records = next() {
      do {
        try sink.write(records)
      } catch {
        onDrop(error, records.count)
      }
    }
  }

  private func next() -> [LogRecord]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    isIdle = true
    pthread_cond_broadcast(changed)
    while pending.isEmpty {
      if isClosing { return nil }
      pthread_cond_wait(changed, mutex)
    }
    let records = pending
    pending = []
    pendingBytes = 0
    isIdle = false
    return records
  }
}
