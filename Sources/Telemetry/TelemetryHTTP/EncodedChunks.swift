import Compression

/// Codes the chunks of a body as they come, and leaves empty ones out: a codec often keeps a chunk back.
actor EncodedChunks {
  /// Read already, the next one last.
  private var ahead: [[UInt8]]
  private let source: PageChunks
  private var encoder: BodyEncoder
  private var isFinished = false

  /// - Parameter read: what was read of the source before.
  init(_ read: [[UInt8]], _ source: PageChunks, _ coding: ContentCoding) throws(CompressionError) {
    ahead = read.reversed()
    self.source = source
    encoder = try BodyEncoder(coding)
  }

  func next() async throws(CompressionError) -> [UInt8]? {
    while !isFinished, !Task.isCancelled {
      guard let chunk = try await read() else {
        isFinished = true
        let rest = try encoder.finish()
        return rest.isEmpty ? nil : rest
      }
      let coded = try encoder.encode(chunk)
      if !coded.isEmpty { return coded }
    }
    return nil
  }

  private func read() async throws(CompressionError) -> [UInt8]? {
    if let chunk = ahead.popLast() { return chunk }
    return try await source.next()
  }
}
