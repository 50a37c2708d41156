import CHiredis

/// Cuts a stream of bytes into replies with hiredis' reader, whose callbacks write a tape instead of a tree of objects.
/// One thread at a time. Source of the format: https://redis.io/docs/latest/develop/reference/protocol-spec/, RESP2.
final class ReplyParser {
  /// hiredis' own limit: arrays within arrays.
  static let maximumNesting = 8

  private let reader: UnsafeMutablePointer<redisReader>?
  private let functions: UnsafeMutablePointer<redisReplyObjectFunctions>
  private let writer: TapeWriter
  private let maximumReplyBytes: Int
  private var bytesOfReply = 0

  /// - Parameters:
  ///   - maximumReplyBytes: a longer reply is an error, so that a server cannot fill our memory.
  ///   - maximumReplyElements: of one reply, at all depths.
  init(maximumReplyBytes: Int, maximumReplyElements: Int) {
    self.maximumReplyBytes = maximumReplyBytes
    writer = TapeWriter(maximumElements: maximumReplyElements)
    functions = .allocate(capacity: 1)
    functions.initialize(to: TapeWriter.functions)
    reader = redisReaderCreateWithFunctions(functions)
    reader?.pointee.privdata = Unmanaged.passUnretained(writer).toOpaque()
  }

  deinit {
    redisReaderFree(reader)
    functions.deallocate()
  }

  /// - Parameter receive: gets each reply that is complete now.
  /// - Throws: the stream cannot be understood from here on.
  func feed(_ bytes: UnsafeRawBufferPointer, _ receive: (RedisReply) -> Void) throws(RedisError) {
    bytesOfReply += bytes.count
    guard redisReaderFeed(reader, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count) == REDIS_OK
    else { throw error() }
    while true {
      var reply: UnsafeMutableRawPointer?
      guard redisReaderGetReply(reader, &reply) == REDIS_OK else { throw error() }
      guard reply != nil else { break }
      bytesOfReply = unread
      receive(RedisReply(tape: writer.take(), index: 0))
    }
    guard bytesOfReply <= maximumReplyBytes else {
      throw RedisError(.protocolViolation, "a reply has more than \(maximumReplyBytes) bytes")
    }
  }

  private var unread: Int { reader.map { Int($0.pointee.len) - Int($0.pointee.pos) } ?? 0 }

  private func error() -> RedisError {
    if writer.isFull { return RedisError(.protocolViolation, "a reply has more elements than is allowed") }
    guard var text = reader?.pointee.errstr else { return RedisError(.protocolViolation, "no memory for a reader") }
    let reason = withUnsafeBytes(of: &text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return RedisError(.protocolViolation, "the peer does not speak RESP2: \(reason)")
  }
}

/// What hiredis' callbacks write to.
private final class TapeWriter {
  private let maximumElements: Int
  private var nodes: [ReplyTape.Node] = []
  private var text: [UInt8] = []
  private(set) var isFull = false

  init(maximumElements: Int) { self.maximumElements = maximumElements }

  func take() -> ReplyTape {
    defer { (nodes, text) = ([], []) }
    return ReplyTape(nodes, text: text)
  }

  /// - Returns: for hiredis, which takes nil for a lack of memory.
  private func add(_ kind: ReplyTape.Kind, value: Int) -> UnsafeMutableRawPointer? {
    guard nodes.count < maximumElements else {
      isFull = true
      return nil
    }
    nodes.append(ReplyTape.Node(kind: kind, start: text.count, value: value, end: nodes.count + 1))
    return Unmanaged.passUnretained(self).toOpaque()
  }

  private func add(_ kind: ReplyTape.Kind, text bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer? {
    defer { text.append(contentsOf: bytes) }
    return add(kind, value: bytes.count)
  }

  private static func of(_ task: UnsafePointer<redisReadTask>?) -> TapeWriter? {
    (task?.pointee.privdata).map { Unmanaged<TapeWriter>.fromOpaque($0).takeUnretainedValue() }
  }

  static let functions = redisReplyObjectFunctions(
    createString: { task, bytes, count in
      let kind: ReplyTape.Kind =
        switch task?.pointee.type ?? 0 {
        case REDIS_REPLY_STATUS: .status
        case REDIS_REPLY_ERROR: .error
        default: .string
        }
      return TapeWriter.of(task)?.add(kind, text: UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    },
    createArray: { TapeWriter.of($0)?.add(.array, value: Int($1)) },
    createInteger: { TapeWriter.of($0)?.add(.integer, value: Int($1)) },
    createNil: { TapeWriter.of($0)?.add(.null, value: 0) },
    // Nothing is owned by the pointers that hiredis keeps.
    freeObject: { _ in })
}
