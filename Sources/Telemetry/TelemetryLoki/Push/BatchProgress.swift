/// How far a batch is. A refused one is cut in halves, down to the record that is to blame; records are settled in
/// order, so that the queue needs to know only how far.
struct BatchProgress {
  enum Action: Equatable {
    /// All records up to this one (its index) are settled.
    case settled(through: Int, sent: Int)
    case dropped(through: Int, LokiDropReason, count: Int)
    /// The same records again, in parts.
    case split
  }

  /// The next one is the last.
  private var parts: [Range<Int>]
  private var requestsLeft: Int
  /// What finds may still add to them.
  private var requestsToEarn: Int
  /// Two for each time that the batch can be halved: what finding one line costs.
  private let requestsPerFind: Int

  /// How many the search begins with.
  private static let initialRequests = 256

  init(count: Int, maximumRequests: Int) {
    parts = count > 0 ? [0..<count] : []
    requestsLeft = max(1, min(maximumRequests, Self.initialRequests))
    requestsToEarn = max(0, maximumRequests - Self.initialRequests)
    requestsPerFind = 2 * (Int.bitWidth - count.leadingZeroBitCount)
  }

  /// What to send now; nil where all is settled.
  var current: Range<Int>? { parts.last }

  mutating func accepted() -> Action? {
    guard let part = parts.popLast() else { return nil }
    requestsLeft -= 1
    return .settled(through: part.upperBound - 1, sent: part.count)
  }

  /// - Parameter isWhole: nothing of it would be taken in parts either.
  mutating func refused(_ reason: LokiDropReason, isWhole: Bool = false) -> Action? {
    guard let part = parts.popLast() else { return nil }
    requestsLeft -= 1
    if part.count == 1 {
      let earned = min(requestsPerFind, requestsToEarn)
      requestsLeft += earned
      requestsToEarn -= earned
    }
    // Each part that waits is worth one request.
    if part.count == 1 || isWhole || requestsLeft < parts.count + 2 {
      return .dropped(through: part.upperBound - 1, reason, count: part.count)
    }
    let middle = part.lowerBound + part.count / 2
    parts += [middle..<part.upperBound, part.lowerBound..<middle]
    return .split
  }
}
