import Logging
import Telemetry

/// How a record stands in memory and, byte for byte, in a spill file. Little-endian:
///
///     marker UInt32 · check UInt32 · length UInt32 · sequence UInt32     length: of what follows
///     level UInt8 · seconds Int64 · nanoseconds UInt32 · logproto.EntryAdapter
///
/// `check` is the low half of the XXH64 of all that comes after it. The marker's bytes never occur in UTF-8, so that the
/// next frame after a damaged place is found quickly; sequences count by one, so that it shows how many are missing.
enum Frame {
  static let marker: UInt32 = 0xFEC0_FFF1
  /// Where the checked part begins.
  private static let checkedOffset = 8
  static let headerByteCount = 16
  static let prefixByteCount = headerByteCount + 13

  /// Room for the prefix of a frame whose entry is appended next.
  static func begin(_ bytes: inout [UInt8]) { bytes.append(contentsOf: repeatElement(0, count: prefixByteCount)) }

  /// Fills in the prefix, once the entry is there: the frame is `bytes[start...]`.
  static func seal(_ bytes: inout [UInt8], from start: Int, sequence: Int, level: UInt8, time: Timestamp) {
    bytes.withUnsafeMutableBytes { all in
      let frame = UnsafeMutableRawBufferPointer(rebasing: all[start...])
      store(marker, in: frame, at: 0)
      store(UInt32(truncatingIfNeeded: frame.count - headerByteCount), in: frame, at: 8)
      store(UInt32(truncatingIfNeeded: sequence), in: frame, at: 12)
      frame[16] = level
      frame.storeBytes(of: Int64(time.seconds).littleEndian, toByteOffset: 17, as: Int64.self)
      store(UInt32(truncatingIfNeeded: time.nanoseconds), in: frame, at: 25)
      store(check(UnsafeRawBufferPointer(frame)), in: frame, at: 4)
    }
  }

  /// The length of the valid frame that begins at `offset`; nil where there is none.
  static func validByteCount(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int? {
    guard bytes.count - offset >= prefixByteCount, load(bytes, offset) == marker else { return nil }
    let count = headerByteCount + Int(load(bytes, offset + 8))
    guard count >= prefixByteCount, count <= bytes.count - offset else { return nil }
    let frame = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    return check(frame) == load(frame, 4) ? count : nil
  }

  static func sequence(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32 { load(bytes, offset + 12) }

  static func level(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Logger.Level {
    let code = Int(bytes[offset + 16])
    return code < Logger.Level.byCode.count ? Logger.Level.byCode[code] : .critical
  }

  static func time(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Timestamp {
    let seconds = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 17, as: Int64.self))
    return Timestamp(seconds: Int(seconds), nanoseconds: Int(load(bytes, offset + 25)))
  }

  private static func check(_ frame: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: XXHash64.hash(UnsafeRawBufferPointer(rebasing: frame[checkedOffset...])))
  }

  private static func store(_ value: UInt32, in bytes: UnsafeMutableRawBufferPointer, at offset: Int) {
    bytes.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
  }

  private static func load(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}
