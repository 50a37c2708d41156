/// The beginning of a spill file. Little-endian:
///
///     "LOKISPL1" · check UInt32 · length UInt32 · first sequence UInt32 · job length UInt16 · job · instance
///
/// `length` counts what follows it, and `check` is the low half of the XXH64 of all that follows the check. The digit is
/// the version: a file of another one is read as if its header were damaged.
struct SegmentHeader {
  private static let magic = Array("LOKISPL1".utf8)
  private static let fixedByteCount = 16

  let labels: StreamLabels
  let firstSequence: UInt32

  var bytes: [UInt8] {
    let (job, instance) = (Array(labels.job.utf8.prefix(0xFFFF)), Array(labels.instance.utf8.prefix(0xFFFF)))
    var checked = Self.encoded(UInt32(6 + job.count + instance.count)) + Self.encoded(firstSequence)
    checked += [UInt8(job.count & 0xFF), UInt8(job.count >> 8)] + job + instance
    return Self.magic + Self.encoded(Self.check(checked)) + checked
  }

  /// - Returns: the header and where the frames begin; nil where it is damaged.
  static func read(_ bytes: [UInt8]) -> (header: SegmentHeader, end: Int)? {
    guard bytes.count >= fixedByteCount + 6, bytes.starts(with: magic) else { return nil }
    let end = fixedByteCount + Int(decoded(bytes, 12))
    guard end >= fixedByteCount + 6, end <= bytes.count, check(Array(bytes[12..<end])) == decoded(bytes, 8) else {
      return nil
    }
    let jobStart = fixedByteCount + 6
    let jobEnd = jobStart + Int(bytes[jobStart - 2]) + Int(bytes[jobStart - 1]) << 8
    guard jobEnd <= end else { return nil }
    let labels = StreamLabels(
      job: String(decoding: bytes[jobStart..<jobEnd], as: UTF8.self),
      instance: String(decoding: bytes[jobEnd..<end], as: UTF8.self))
    return (SegmentHeader(labels: labels, firstSequence: decoded(bytes, fixedByteCount)), end)
  }

  private static func check(_ bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: bytes.withUnsafeBytes { XXHash64.hash($0) })
  }

  private static func encoded(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) } }

  private static func decoded(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }
  }
}
