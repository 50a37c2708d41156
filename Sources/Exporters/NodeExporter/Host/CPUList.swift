/// Processors as the kernel lists them, for example `0-3,8`
/// (https://www.kernel.org/doc/html/latest/admin-guide/cputopology.html). What is no range is left out.
struct CPUList {
  private let ranges: [ClosedRange<UInt16>]

  init(_ text: String) {
    ranges = text.split(separator: ",").compactMap { part in
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else {
        return nil
      }
      return first...last
    }
  }

  /// In the order of the list.
  var numbers: [UInt16] { ranges.flatMap { Array($0) } }

  func contains(_ cpu: UInt16?) -> Bool { cpu.map { cpu in ranges.contains { $0.contains(cpu) } } ?? false }
}
