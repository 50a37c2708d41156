import Compression

/// The body of a page that is too long to be held whole: each chunk is made when the client has taken the one before.
/// A client that goes away is asked for no more. It is read once, by one reader.
public final class PageChunks: Sendable, Equatable {
  private let produce: @Sendable () async throws(CompressionError) -> [UInt8]?

  /// - Parameter produce: the next chunk, some 64 KiB of it; nil at the end. Its task is cancelled where nobody waits
  ///   for the chunk any more.
  public convenience init(_ produce: @escaping @Sendable () async -> [UInt8]?) {
    self.init(coded: produce)
  }

  init(coded produce: @escaping @Sendable () async throws(CompressionError) -> [UInt8]?) { self.produce = produce }

  /// The next chunk; nil at the end.
  /// - Throws: `CompressionError`: what was sent so far is not the whole body, and must not be ended as if it were.
  public func next() async throws(CompressionError) -> [UInt8]? { try await produce() }

  /// Two bodies are the same where they are one.
  public static func == (left: PageChunks, right: PageChunks) -> Bool { left === right }
}
