import Glibc
import Telemetry

/// Records on disk, oldest first, in segments `loki-00000001.spill`. A segment is removed when all of its records are
/// settled, so that a crash may send some twice; Loki drops what has the same time, labels and line as one that it has.
struct SpillDirectory {
  /// What gave way to newer records.
  struct Overflow {
    let records: Int
    let sequences: Range<Int>
  }

  static let lockName = "loki.lock"
  /// No segment of ours is larger.
  static let maximumFileBytes = 64 << 20

  private let path: String
  private let lock: Int32
  private let limits: LokiLimits
  private(set) var segments: [SpillSegment] = []
  /// The last segment's, while it grows.
  private var active: Int32 = -1
  private var nextNumber = 1
  /// Records that could not be read, not reported yet.
  private var damagedRecords = 0
  private var overflows: [Overflow] = []

  /// Takes the directory for this process, and finds what an earlier one left.
  ///
  /// - Parameters:
  ///   - labels: for segments whose header is damaged.
  ///   - sequence: what is found gets those before it.
  init(_ path: String, labels: StreamLabels, before sequence: Int, limits: LokiLimits) throws(SpillError) {
    self.path = path
    self.limits = limits
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw .failed("make", path) }
    lock = try SpillFile.lock("\(path)/\(Self.lockName)")
    do {
      try find(labels, before: sequence)
    } catch {
      Glibc.close(lock)
      throw error
    }
  }

  var byteCount: Int { segments.reduce(0) { $0 + $1.byteCount } }
  var pendingBytes: Int { segments.reduce(0) { $0 + $1.byteCount - $1.offset } }
  var pendingRecords: Int { segments.reduce(0) { $0 + $1.pendingRecords } }

  mutating func takeDamagedRecords() -> Int {
    defer { damagedRecords = 0 }
    return damagedRecords
  }

  mutating func takeOverflows() -> [Overflow] {
    defer { overflows = [] }
    return overflows
  }

  mutating func close() {
    closeActive()
    Glibc.close(lock)
  }

  private mutating func closeActive() {
    if active >= 0 { Glibc.close(active) }
    active = -1
  }

  private mutating func removeFirst() {
    let first = segments.removeFirst()
    if segments.isEmpty { closeActive() }
    unlink(first.path)
  }
}

// MARK: Finding

extension SpillDirectory {
  private mutating func find(_ labels: StreamLabels, before sequence: Int) throws(SpillError) {
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

  private func path(of number: Int) -> String {
    let digits = String(number)
    return "\(path)/loki-\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits).spill"
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

// MARK: Writing

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

// MARK: Reading

extension SpillDirectory {
  /// The oldest records, as many as a batch may hold and one segment has; nil where there are none.
  ///
  /// - Throws: where they are there and cannot be read now.
  mutating func read() throws(SpillError) -> EntryBlock? {
    while let first = segments.first {
      let bytes = try load(first)
      var block = EntryBlock(labels: first.labels)
      var (reader, room, isWhole) = (first.reader, BatchRoom(limits), true)
      bytes.withUnsafeBytes { bytes in
        while let frame = reader.next(in: bytes) {
          let slot = first.slot(bytes, frame)
          guard room.admits(slot, into: block.slots.count) else {
            isWhole = false
            return
          }
          block.slots.append(slot)
        }
      }
      if isWhole, block.slots.count < first.pendingRecords {
        damagedRecords += first.pendingRecords - block.slots.count
        segments[0].pendingRecords = block.slots.count
      }
      if block.slots.isEmpty {
        removeFirst()
      } else {
        block.bytes = bytes
        return block
      }
    }
    return nil
  }

  /// The records up to this one need not be kept.
  mutating func settle(through sequence: Int) {
    while let first = segments.first, first.endSequence - 1 <= sequence { removeFirst() }
    guard let first = segments.first, first.nextSequence <= sequence, let bytes = try? load(first) else { return }
    var reader = first.reader
    bytes.withUnsafeBytes { bytes in
      var passed = 0
      while let frame = reader.next(in: bytes) {
        let slot = first.slot(bytes, frame)
        if slot.sequence > sequence {
          segments[0].oldestRecord = slot.time
          break
        }
        passed += 1
        segments[0].offset = first.offset + frame.upperBound
      }
      segments[0].pendingRecords -= passed
      segments[0].nextSequence = sequence + 1
    }
  }

  /// What is left of a segment. One that is gone or cannot be read any more has nothing left.
  private func load(_ segment: SpillSegment) throws(SpillError) -> [UInt8] {
    do throws(SpillError) {
      return try SpillFile.read(segment.path, from: segment.offset, to: segment.byteCount)
    } catch  where error.isPassing {
      throw error
    } catch {
      return []
    }
  }
}
