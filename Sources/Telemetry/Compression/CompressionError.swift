/// Why bytes could not be compressed. The stream that threw it is of no more use.
public enum CompressionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The codec got no memory for its state.
  case outOfMemory(codec: String)
  /// The library refuses a parameter or a call.
  case refused(codec: String, reason: String)

  public var description: String {
    switch self {
    case .outOfMemory(let codec):
      "\(codec): out of memory: give the process more, or send the bytes uncompressed"
    case .refused(let codec, let reason):
      "\(codec): \(reason): check the level and the window that were asked for"
    }
  }
}
