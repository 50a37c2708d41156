import Synchronization
import TelemetryHTTP

/// Makes numbered chunks, and tells how many were asked for and when it is let go.
final class ChunkProducer: Sendable {
  private let count: Int
  private let chunkBytes: Int
  private let made = Mutex(0)
  private let log: Log

  /// What is left of a producer that is gone.
  final class Log: Sendable {
    private let state = Mutex(0)
    private let (ends, end) = AsyncStream.makeStream(of: Never.self)

    var made: Int { state.withLock { $0 } }
    fileprivate func add() { state.withLock { $0 += 1 } }
    fileprivate func close() { end.finish() }

    /// Returns when nothing holds the producer any more.
    func released() async { for await _ in ends {} }
  }

  init(_ count: Int, chunkBytes: Int, log: Log) {
    self.count = count
    self.chunkBytes = chunkBytes
    self.log = log
  }

  deinit { log.close() }

  func next() -> [UInt8]? {
    let index = made.withLock { made in
      defer { made += 1 }
      return made
    }
    guard index < count else { return nil }
    log.add()
    return Self.chunk(index, chunkBytes)
  }

  /// Bytes that tell which chunk it is.
  static func chunk(_ index: Int, _ bytes: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: bytes)
  }

  static func body(_ count: Int, chunkBytes: Int) -> [UInt8] { (0..<count).flatMap { chunk($0, chunkBytes) } }

  /// A page of metrics in so many chunks.
  static func page(
    _ count: Int, chunkBytes: Int = 4096, at path: String = "/metrics", log: Log = Log()
  ) -> Page {
    .metrics(path) { _, _ -> PageChunks in
      let producer = ChunkProducer(count, chunkBytes: chunkBytes, log: log)
      return PageChunks { producer.next() }
    }
  }
}
