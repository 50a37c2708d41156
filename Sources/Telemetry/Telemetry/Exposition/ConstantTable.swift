/// Words that are computed once and kept as long as the process runs.
///
/// `@unchecked`: nobody writes after `init`, and nobody frees.
struct ConstantTable: @unchecked Sendable {
  private let words: UnsafePointer<UInt64>

  init(count: Int, _ fill: (UnsafeMutablePointer<UInt64>) -> Void) {
    let table = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    table.initialize(repeating: 0, count: count)
    fill(table)
    words = UnsafePointer(table)
  }

  @inline(__always) subscript(index: Int) -> UInt64 { words[index] }
}
