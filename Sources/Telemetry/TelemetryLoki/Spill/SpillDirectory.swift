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

  let path: String
  private let lock: Int32
  let limits: LokiLimits
  var segments: [SpillSegment] = []
  /// The last segment's, while it grows.
  var active: Int32 = -1
  var nextNumber = 1
  /// Records that could not be read, not reported yet.
  var damagedRecords = 0
  var overflows: [Overflow] = []

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

  mutating func closeActive() {
    if active >= 0 { Glibc.close(active) }
    active = -1
  }

  func path(of number: Int) -> String {
    let digits = String(number)
    return "\(path)/loki-\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits).spill"
  }

  mutating func removeFirst() {
    let first = segments.removeFirst()
    if segments.isEmpty { closeActive() }
    unlink(first.path)
  }
}

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
