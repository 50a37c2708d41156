import ExporterKit

/// One array of `/proc/mdstat` (`md_seq_show` of the kernel's `drivers/md/md.c`): a line with its name, state, level
/// and disks, and indented lines with its size, and what it is busy with.
struct RaidArray {
  enum Activity {
    case active, inactive, recovering, resyncing, checking
    /// Something that has no label value of its own: a reshape.
    case other
  }

  let name: String
  private(set) var activity: Activity
  private(set) var activeDisks: UInt64 = 0
  private(set) var requiredDisks: UInt64 = 0
  let failedDisks: UInt64
  let spareDisks: UInt64
  private(set) var blocks: UInt64 = 0
  private(set) var syncedBlocks: UInt64 = 0

  private let memberCount: UInt64
  private let isWithoutRedundancy: Bool
  /// Whether the line with the size was there and said what it should.
  private var isComplete = false

  /// Arrays whose lines do not say what they should are left out.
  static func all(in text: Bytes) -> [RaidArray] {
    var arrays: [RaidArray] = []
    var current: RaidArray?
    func end() {
      if let array = current, array.isComplete { arrays.append(array) }
      current = nil
    }
    text.forEachLine { line in
      if line.trimmed.isEmpty || !Bytes.isSpace(line[0]) {
        end()
        current = RaidArray(head: line)
      } else {
        current?.take(line)
      }
    }
    end()
    return arrays
  }

  /// `md0 : active raid1 sdb1[1] sda1[0](F)`.
  private init?(head line: Bytes) {
    var fields = line.fields
    guard let name = fields.next(), let colon = fields.next(), colon == ":", let state = fields.next(),
      !(name == "Personalities")
    else { return nil }
    self.name = name.string
    activity = state == "active" ? .active : state == "inactive" ? .inactive : .other
    failedDisks = line.count(of: "(F)")
    spareDisks = line.count(of: "(S)")
    memberCount = line.count(of: "[")
    isWithoutRedundancy = line.contains("raid0") || line.contains("linear")
  }

  private mutating func take(_ line: Bytes) {
    guard isComplete else { return takeSize(line) }
    if line.contains("recovery") {
      activity = .recovering
    } else if line.contains("resync") {
      activity = .resyncing
    } else if line.contains("check") {
      activity = .checking
    } else if line.contains("reshape") {
      activity = .other
    } else {
      return
    }
    if line.contains("PENDING") || line.contains("DELAYED") || line.contains("REMOTE") {
      syncedBlocks = 0
    } else if let open = line.firstIndex(of: UInt8(ascii: "(")),
      let synced = line.part((open + 1)..<line.count).firstNumber
    {
      syncedBlocks = synced
    }
  }

  /// `195310144 blocks super 1.2 [2/1] [U_]`; without `[required/active]` where nothing is redundant or nothing runs.
  private mutating func takeSize(_ line: Bytes) {
    guard let blocks = line.firstNumber else { return }
    if isWithoutRedundancy {
      (activeDisks, requiredDisks) = (memberCount, memberCount)
    } else if activity != .inactive {
      guard let (required, active) = Self.disks(in: line) else { return }
      (requiredDisks, activeDisks) = (required, active)
    }
    (self.blocks, syncedBlocks, isComplete) = (blocks, blocks, true)
  }

  private static func disks(in line: Bytes) -> (required: UInt64, active: UInt64)? {
    var start = 0
    while let open = line.firstIndex(of: UInt8(ascii: "["), from: start) {
      let rest = line.part((open + 1)..<line.count)
      if let slash = rest.firstIndex(of: UInt8(ascii: "/")), let required = rest.part(0..<slash).unsigned,
        let close = rest.firstIndex(of: UInt8(ascii: "]")), close > slash,
        let active = rest.part((slash + 1)..<close).unsigned
      {
        return (required, active)
      }
      start = open + 1
    }
    return nil
  }
}
