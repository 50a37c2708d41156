import Glibc
import Telemetry

/// Records that go to disk.
extension SpillDirectory {
  /// - Returns: how many of the block's first records were settled here, and why the others were not.
  mutating func append(_ block: EntryBlock) -> (count: Int, error: SpillError?) {
    var rest = block.slots[...]
    do throws(SpillError) {
      while let first = rest.first { rest = rest.dropFirst(try append(rest, from: first, of: block)) }
      return (block.slots.count, nil)
    } catch {
      return (block.slots.count - rest.count, error)
    }
  }

  /// As many of the records as go into one segment.
  private mutating func append(
    _ slots: ArraySlice<EntrySlot>, from first: EntrySlot, of block: EntryBlock
  ) throws(SpillError) -> Int {
    let header = SegmentHeader(
      labels: block.labels, firstSequence: UInt32(truncatingIfNeeded: first.sequence)
    ).bytes
    let isContinued =
      active >= 0 && segments.last?.endSequence == first.sequence
      && (segments.last?.byteCount ?? 0) + first.frame.count <= limits.maximumSegmentBytes
    let used = isContinued ? segments.last?.byteCount ?? 0 : header.count
    let fitting = slots.prefix {
      used + $0.frame.upperBound - first.frame.lowerBound <= limits.maximumSegmentBytes
    }
    let taken = fitting.isEmpty ? slots.prefix(1) : fitting
    let frames = first.frame.lowerBound..<(taken.last?.frame.upperBound ?? 0)
    let added = frames.count + (isContinued ? 0 : header.count)
    guard added <= limits.maximumSpillBytes else {
      overflows.append(Overflow(records: 1, sequences: first.sequence..<first.sequence + 1))
      return 1
    }
    if try makeRoom(for: added, keeping: isContinued) == false { return 0 }
    if isContinued {
      try extend(block.bytes[frames])
    } else {
      try begin(header, block.bytes[frames], first, block.labels)
    }
    let index = segments.count - 1
    segments[index].byteCount += frames.count
    segments[index].endSequence = (taken.last?.sequence ?? first.sequence) + 1
    segments[index].pendingRecords += taken.count
    if segments[index].oldestRecord == nil { segments[index].oldestRecord = first.time }
    return taken.count
  }

  /// - Returns: false where the segment that was to be continued had to go too.
  private mutating func makeRoom(for added: Int, keeping isContinued: Bool) throws(SpillError) -> Bool {
    var used = byteCount
    while used + added > limits.maximumSpillBytes, let first = segments.first {
      overflows.append(Overflow(records: first.pendingRecords, sequences: first.nextSequence..<first.endSequence))
      used -= first.byteCount
      removeFirst()
    }
    return !isContinued || !segments.isEmpty
  }

  private func extend(_ frames: ArraySlice<UInt8>) throws(SpillError) {
    guard let last = segments.last else { return }
    try SpillFile.write(frames, to: active, at: last.byteCount, named: last.path)
  }

  private mutating func begin(
    _ header: [UInt8], _ frames: ArraySlice<UInt8>, _ first: EntrySlot, _ labels: StreamLabels
  ) throws(SpillError) {
    closeActive()
    let path = path(of: nextNumber)
    active = try SpillFile.create(path)
    do throws(SpillError) {
      try SpillFile.write((header + frames)[...], to: active, at: 0, named: path)
    } catch {
      closeActive()
      unlink(path)
      throw error
    }
    segments.append(
      SpillSegment(
        number: nextNumber, path: path, labels: labels, firstSequence: first.sequence,
        storedSequence: UInt32(truncatingIfNeeded: first.sequence), endSequence: first.sequence,
        byteCount: header.count, offset: header.count, nextSequence: first.sequence, pendingRecords: 0))
    nextNumber += 1
  }
}
