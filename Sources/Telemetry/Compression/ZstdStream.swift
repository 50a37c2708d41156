import CZstd

/// Compresses bytes as Zstandard frames (RFC 8878) through libzstd, piece by piece.
///
/// `finish` ends a frame and makes the stream ready for the next: one stream serves many bodies without asking for
/// memory again. One thread at a time.
///
/// `@unchecked`: the memory belongs to this value alone, and each use needs exclusive access to it.
public struct ZstdStream: ~Copyable, CompressionStream, @unchecked Sendable {
  private let context: OpaquePointer
  private let scratch: UnsafeMutableBufferPointer<UInt8>

  private static let codec = "zstd"
  private static let scratchBytes = 16 << 10

  /// - Parameters:
  ///   - level: 1, the fastest, to 19; libzstd's own default is 3.
  ///   - windowBits: how far back a repetition is found, as a power of two of bytes: 10 to 27; RFC 9659 forbids more
  ///     than 23 over HTTP. With libzstd 1.5 the state takes 2 MiB unless told, 0.3 MiB at level 1 with 15 bits.
  /// - Throws: `CompressionError` where there is no memory, or a parameter is out of its range.
  public init(level: Int32 = 3, windowBits: Int32 = 19) throws(CompressionError) {
    context = try Self.open(level, windowBits)
    scratch = .allocate(capacity: Self.scratchBytes)
  }

  deinit {
    ZSTD_freeCCtx(context)
    scratch.deallocate()
  }

  public mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(CompressionError) {
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    while input.pos < input.size { _ = try compress(&input, ZSTD_e_continue, into: &output) }
  }

  public mutating func finish(into output: inout [UInt8]) throws(CompressionError) {
    var input = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
    while try compress(&input, ZSTD_e_end, into: &output) > 0 {}
  }

  /// - Returns: how many bytes libzstd still holds, at the least.
  private func compress(
    _ input: inout ZSTD_inBuffer, _ directive: ZSTD_EndDirective, into output: inout [UInt8]
  ) throws(CompressionError) -> Int {
    var target = ZSTD_outBuffer(dst: scratch.baseAddress, size: scratch.count, pos: 0)
    let held = try Self.check(ZSTD_compressStream2(context, &target, &input, directive))
    output += scratch.prefix(target.pos)
    return held
  }

  private static func open(_ level: Int32, _ windowBits: Int32) throws(CompressionError) -> OpaquePointer {
    guard let context = ZSTD_createCCtx() else { throw .outOfMemory(codec: codec) }
    do throws(CompressionError) {
      // libzstd takes a level out of range for the nearest one; zlib refuses it, and so do we.
      guard 1...ZSTD_maxCLevel() ~= level else { throw .refused(codec: codec, reason: "no level \(level)") }
      try check(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level))
      try check(ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowBits))
    } catch {
      ZSTD_freeCCtx(context)
      throw error
    }
    return context
  }

  @discardableResult
  private static func check(_ result: Int) throws(CompressionError) -> Int {
    guard ZSTD_isError(result) != 0 else { return result }
    if ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation { throw .outOfMemory(codec: codec) }
    throw .refused(codec: codec, reason: String(cString: ZSTD_getErrorName(result)))
  }
}
