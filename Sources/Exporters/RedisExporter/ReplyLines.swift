import ExporterKit
import Redis

extension RedisReply {
  /// Of strings, status lines and errors, in place.
  func withText<T>(_ body: (Bytes) throws -> T) rethrows -> T { try withBytes { try body(Bytes($0)) } }
}

extension Bytes {
  /// Lines without their ends, which are CR LF or LF, and without empty ones.
  func forEachReplyLine(_ body: (Bytes) -> Void) {
    forEachLine { line in
      let end = line[line.count - 1] == UInt8(ascii: "\r") ? line.count - 1 : line.count
      if end > 0 { body(line.part(0..<end)) }
    }
  }

  /// The pairs of `keys=1,expires=0`, or with another separator.
  func forEachPair(between separator: UInt8 = UInt8(ascii: ","), _ body: (Bytes, Bytes) -> Void) {
    forEachPiece(between: separator) { pair in
      if let (name, value) = pair.cut(at: UInt8(ascii: "=")) { body(name, value) }
    }
  }

  /// FNV-1a. Source: http://www.isthe.com/chongo/tech/comp/fnv/
  var hash: UInt32 {
    var hash: UInt32 = 2_166_136_261
    for index in 0..<count { hash = (hash ^ UInt32(self[index])) &* 16_777_619 }
    return hash
  }
}
