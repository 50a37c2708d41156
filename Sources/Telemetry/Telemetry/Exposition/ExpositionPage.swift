import Synchronization

/// A page that is rendered as it is taken, so that no page is held whole. Values are read when their chunk is.
///
/// `@unchecked`: everything is only touched in `next`, under the lock.
public final class ExpositionPage: @unchecked Sendable {
  private let lock = Mutex(())
  /// The cursors read from them, also when their registry is gone.
  private let instruments: [any Exposable]
  private var cursors: ArraySlice<FamilyCursor>
  private var writer: PageWriter
  private var hasBegun = false
  private var isFinished = false

  init(
    _ cursors: [FamilyCursor], of instruments: [any Exposable], _ format: ExpositionFormat, writesCreated: Bool
  ) {
    self.instruments = instruments
    self.cursors = cursors[...]
    writer = PageWriter(format, writesCreated: writesCreated)
  }

  /// The next 64 KiB or so; nil after the last.
  public func next() -> [UInt8]? { lock.withLock { _ in advance() } }

  private func advance() -> [UInt8]? {
    while let cursor = cursors.first {
      if !hasBegun { writer.begin(cursor.descriptor) }
      hasBegun = true
      guard cursor.advance(&writer) else { return writer.take() }
      writer.end()
      hasBegun = false
      cursors.removeFirst()
      if writer.isFull, !cursors.isEmpty { return writer.take() }
    }
    guard !isFinished else { return nil }
    isFinished = true
    writer.finish()
    return writer.take()
  }
}
