import NIOHTTP1

/// A pipelined request that came while the client still takes the answer before it. It waits, so that a client that
/// asks and never reads fills no memory; `HTTPServerPipelineHandler` lets no second one through meanwhile.
struct PendingRequest {
  enum Part {
    case head(HTTPRequestHead)
    case body(byteCount: Int)
    case end
    case malformed
    case inputEnded
  }

  /// What has come of it, in order; of its body the size alone.
  private(set) var parts: [Part] = []

  mutating func append(_ part: Part) {
    if case .body(let count) = part, case .body(let before) = parts.last {
      parts[parts.count - 1] = .body(byteCount: before + count)
    } else {
      parts.append(part)
    }
  }

  mutating func take() -> [Part] {
    defer { parts = [] }
    return parts
  }
}
