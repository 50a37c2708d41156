import Glibc
import Synchronization

enum Threads {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Holds threads until all are there, so that one does not end before the other begins.
  private final class StartLine: Sendable {
    private let missing: Atomic<Int>
    /// When the last arrived.
    let start = Atomic(0)

    init(_ count: Int) { missing = Atomic(count) }

    func arrive() {
      if missing.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
        start.store(Stopwatch.now(), ordering: .releasing)
      }
      while start.load(ordering: .acquiring) == 0 {}
    }
  }

  /// Runs the body on so many threads at once, and says how long it took until the last had ended, in nanoseconds.
  ///
  /// As Go's `b.RunParallel` counts: the operations are divided among the threads, and the wall time by all of them.
  static func time(_ count: Int, _ body: @escaping @Sendable () -> Void) throws(CaseError) -> Int {
    var threads: [pthread_t] = []
    let line = StartLine(count)
    for _ in 0..<count {
      var thread = pthread_t()
      let box = Unmanaged.passRetained(
        Body {
          line.arrive()
          body()
        })
      let status = pthread_create(
        &thread, nil,
        { argument in
          if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
          return nil
        }, box.toOpaque())
      guard status == 0 else {
        box.release()
        // Those that wait for it wait until the process ends, which is now.
        throw CaseError("pthread_create failed with \(status): raise the limit of threads (ulimit -u)")
      }
      threads.append(thread)
    }
    for thread in threads { pthread_join(thread, nil) }
    return Stopwatch.now() - line.start.load(ordering: .acquiring)
  }
}
