import Glibc

enum Threads {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Runs the body on so many threads at once, and says how long it took until the last had ended, in nanoseconds.
  ///
  /// As Go's `b.RunParallel` counts: the operations are divided among the threads, and the wall time by all of them.
  static func time(_ count: Int, _ body: @escaping @Sendable () -> Void) throws(CaseError) -> Int {
    var threads: [pthread_t] = []
    let start = Stopwatch.now()
    for _ in 0..<count {
      var thread = pthread_t()
      let box = Unmanaged.passRetained(Body(body))
      let status = pthread_create(
        &thread, nil,
        { argument in
          if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
          return nil
        }, box.toOpaque())
      guard status == 0 else {
        box.release()
        throw CaseError("pthread_create failed with \(status): raise the limit of threads (ulimit -u)")
      }
      threads.append(thread)
    }
    for thread in threads { pthread_join(thread, nil) }
    return Stopwatch.now() - start
  }
}
