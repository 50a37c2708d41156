/// Compresses bytes piece by piece; where one piece ends has no influence on what a reader sees.
public protocol CompressionStream: ~Copyable, Sendable {
  /// Takes bytes and appends to `output` what has come of all so far; that may be nothing.
  mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(CompressionError)

  /// Appends the rest of what was taken; the next bytes begin a new member or frame.
  mutating func finish(into output: inout [UInt8]) throws(CompressionError)
}

extension CompressionStream where Self: ~Copyable {
  /// The same of an array, which is not copied.
  public mutating func append(_ bytes: [UInt8], to output: inout [UInt8]) throws(CompressionError) {
    // Typed by hand: `withUnsafeBytes` forgets the error's type.
    var failure: CompressionError?
    bytes.withUnsafeBytes { buffer in
      do throws(CompressionError) { try append(buffer, to: &output) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
