/// A reply, or a part of one: a position on the tape that the parser wrote. Costs no allocation to walk.
package struct RedisReply: Sendable {
  let tape: ReplyTape
  let index: Int

  private var node: ReplyTape.Node { tape.nodes[index] }

  /// nil for all but errors.
  package var error: RedisError? { node.kind == .error ? RedisError(reply: text) : nil }

  package var isNull: Bool { node.kind == .null }

  /// nil for all but integers.
  package var integer: Int64? { node.kind == .integer ? Int64(node.value) : nil }

  /// Of bulk strings and status lines; nil for others. What is no UTF-8 is repaired.
  package var string: String? { node.kind == .string || node.kind == .status ? text : nil }

  private var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  /// Of strings, status lines and errors, in place: the bytes are valid within the call alone. Empty for others.
  package func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    let (node, start) = (node, node.start)
    guard node.kind.hasText else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return try tape.text.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[start..<start + node.value])) }
  }

  /// Of an array; empty for others.
  package var elements: Elements { Elements(tape, first: index + 1, count: node.kind == .array ? node.value : 0) }

  package struct Elements: Sequence, IteratorProtocol {
    private let tape: ReplyTape
    private var position: Int
    package private(set) var count: Int

    init(_ tape: ReplyTape, first: Int, count: Int) {
      self.tape = tape
      position = first
      self.count = count
    }

    package mutating func next() -> RedisReply? {
      guard count > 0, position < tape.nodes.count else { return nil }
      defer {
        count -= 1
        position = tape.nodes[position].end
      }
      return RedisReply(tape: tape, index: position)
    }
  }
}

/// A whole reply in order, an array before its elements: two allocations, however many elements it has.
final class ReplyTape: Sendable {
  enum Kind: UInt8, Sendable {
    case string, status, error, integer, null, array
    var hasText: Bool { self == .string || self == .status || self == .error }
  }

  struct Node: Sendable {
    let kind: Kind
    /// Where the text begins.
    let start: Int
    /// Length of the text, the integer, or how many elements.
    let value: Int
    /// The node behind this one and all below it.
    var end: Int
  }

  let nodes: [Node]
  let text: [UInt8]

  init(_ nodes: [Node], text: [UInt8]) {
    var nodes = nodes
    for index in nodes.indices.reversed() where nodes[index].kind == .array {
      var end = index + 1
      for _ in 0..<nodes[index].value where end < nodes.count { end = nodes[end].end }
      nodes[index].end = end
    }
    self.nodes = nodes
    self.text = text
  }
}
