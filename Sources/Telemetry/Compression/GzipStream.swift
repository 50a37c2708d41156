import CZlib

/// Compresses bytes as gzip members (RFC 1952) through zlib, piece by piece.
///
/// `finish` ends a member and makes the stream ready for the next: one stream serves many bodies without asking for
/// memory again. One thread at a time.
///
/// `@unchecked`: the memory belongs to this value alone, and each use needs exclusive access to it.
public struct GzipStream: ~Copyable, CompressionStream, @unchecked Sendable {
  /// zlib's state points back to it: it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let scratch: UnsafeMutableBufferPointer<UInt8>

  private static let codec = "gzip"
  private static let scratchBytes = 16 << 10
  /// Added to the window bits, it asks zlib for gzip's header and trailer.
  private static let gzipWrapperBits: Int32 = 16

  /// - Parameters:
  ///   - level: 1, the fastest, to 9, the smallest.
  ///   - windowBits: how far back a repetition is found, as a power of two of bytes: 9 to 15.
  ///   - memoryLevel: 1 to 9. The state takes 2^(windowBits + 2) + 2^(memoryLevel + 9) bytes: 256 KiB unless told.
  /// - Throws: `CompressionError` where there is no memory, or a parameter is out of its range.
  public init(level: Int32 = 6, windowBits: Int32 = 15, memoryLevel: Int32 = 8) throws(CompressionError) {
    stream = try Self.open(level, windowBits, memoryLevel)
    scratch = .allocate(capacity: Self.scratchBytes)
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    scratch.deallocate()
  }

  public mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(CompressionError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Int(UInt32.max)))
      stream.pointee.next_in = UnsafeMutablePointer(mutating: piece.assumingMemoryBound(to: UInt8.self).baseAddress)
      stream.pointee.avail_in = UInt32(piece.count)
      try drain(Z_NO_FLUSH, into: &output)
      rest = rest.dropFirst(piece.count)
    }
  }

  public mutating func finish(into output: inout [UInt8]) throws(CompressionError) {
    stream.pointee.avail_in = 0
    try drain(Z_FINISH, into: &output)
    let status = deflateReset(stream)
    guard status == Z_OK else { throw Self.error(status, stream) }
  }

  /// Calls zlib until it leaves room in the scratch space: it has no more to say.
  private func drain(_ flush: Int32, into output: inout [UInt8]) throws(CompressionError) {
    repeat {
      stream.pointee.next_out = scratch.baseAddress
      stream.pointee.avail_out = UInt32(scratch.count)
      let status = deflate(stream, flush)
      // Z_BUF_ERROR: nothing was left to do.
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw Self.error(status, stream)
      }
      output += scratch.prefix(scratch.count - Int(stream.pointee.avail_out))
    } while stream.pointee.avail_out == 0
  }

  private static func open(
    _ level: Int32, _ windowBits: Int32, _ memoryLevel: Int32
  ) throws(CompressionError) -> UnsafeMutablePointer<z_stream> {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = deflateInit2_(
      stream, level, Z_DEFLATED, windowBits + gzipWrapperBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      let error = error(status, stream)
      stream.deallocate()
      throw error
    }
    return stream
  }

  private static func error(_ status: Int32, _ stream: UnsafeMutablePointer<z_stream>) -> CompressionError {
    if status == Z_MEM_ERROR { return .outOfMemory(codec: codec) }
    return .refused(codec: codec, reason: zError(status).map { String(cString: $0) } ?? "status \(status)")
  }
}
