import CAllocations
import Glibc

/// What a piece of work takes from the heap, and how large the process gets by it.
struct Memory {
  let allocatedBytes: Int
  let allocations: Int
  /// Resident when the work began; its preparations are part of it.
  let residentKibibytes: Int
  let peakKibibytes: Int

  static func measure(_ work: Case.Work, _ operations: Int) throws(CaseError) -> Memory {
    try forgetPeak()
    let resident = status("VmRSS:")
    allocations_start()
    _ = try work(operations)
    allocations_stop()
    return Memory(
      allocatedBytes: Int(allocations_bytes()), allocations: Int(allocations_count()), residentKibibytes: resident,
      peakKibibytes: status("VmHWM:"))
  }

  /// proc(5), /proc/[pid]/clear_refs: 5 resets the peak to what is resident now.
  private static func forgetPeak() throws(CaseError) {
    let file = open("/proc/self/clear_refs", O_WRONLY)
    defer { close(file) }
    guard file >= 0, write(file, "5", 1) == 1 else {
      throw CaseError("/proc/self/clear_refs cannot be written: the peak cannot be measured on this kernel")
    }
  }

  private static func status(_ key: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        .split(whereSeparator: \.isWhitespace)
      if words.count > 1, words[0] == key { return Int(words[1]) ?? 0 }
    }
    return 0
  }
}
