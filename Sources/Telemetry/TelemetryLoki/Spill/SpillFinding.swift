import Glibc
import Telemetry

/// What an earlier process left.
extension SpillDirectory {
  /// No segment of ours is larger.
  private static let maximumFileBytes = 64 << 20

  mutating func find(_ labels: StreamLabels, before sequence: Int) throws(SpillError) {
    let numbers = try SpillFile.names(in: path).compactMap(Self.number).sorted()
    nextNumber = (numbers.last ?? 0) + 1
    var found: [SpillSegment] = []
    var before = sequence
    // Backwards, since each gets the sequences before the next one's.
    for number in numbers.reversed() {
      guard let segment = try scan(number, labels, before: before) else { continue }
      found.append(segment)
      before = segment.firstSequence
    }
    segments = found.reversed()
  }

  private static func number(_ name: String) -> Int? {
    guard name.hasPrefix("loki-"), name.hasSuffix(".spill") else { return nil }
    let digits = name.dropFirst(5).dropLast(6)
    return digits.count >= 8 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
  }

  /// - Returns: nil for a file with nothing in it to send; it is removed.
  private mutating func scan(
    _ number: Int, _ labels: StreamLabels, before sequence: Int
  ) throws(SpillError) -> SpillSegment? {
    let path = path(of: number)
    guard let bytes = try content(path) else { return nil }
    let (header, start) = SegmentHeader.read(bytes).map { ($0.header, $0.end) } ?? (nil, 0)
    var reader = FrameReader(from: start, expecting: header?.firstSequence)
    let frames = bytes.withUnsafeBytes { bytes in
      var frames: (count: Int, first: UInt32, last: UInt32, oldest: Timestamp)?
      while let frame = reader.next(in: bytes) {
        let sequence = Frame.sequence(bytes, at: frame.lowerBound)
        frames = frames ?? (0, sequence, sequence, Frame.time(bytes, at: frame.lowerBound))
        frames?.count += 1
        frames?.last = sequence
      }
      return frames
    }
    damagedRecords += reader.lostCount
    guard let frames else {
      unlink(path)
      return nil
    }
    let stored = header?.firstSequence ?? frames.first
    let first = sequence - Int(frames.last &- stored) - 1
    return SpillSegment(
      number: number, path: path, labels: header?.labels ?? labels, firstSequence: first, storedSequence: stored,
      endSequence: sequence, byteCount: bytes.count, offset: start, nextSequence: first,
      pendingRecords: frames.count, oldestRecord: frames.oldest)
  }

  /// Nil for a file that cannot be read or is none of ours: it stays, and counts as one record.
  private mutating func content(_ path: String) throws(SpillError) -> [UInt8]? {
    do throws(SpillError) {
      let byteCount = try SpillFile.byteCount(path)
      if byteCount <= Self.maximumFileBytes { return try SpillFile.read(path, from: 0, to: byteCount) }
    } catch  where error.isPassing {
      throw error
    } catch {}
    damagedRecords += 1
    return nil
  }
}
