import Logging
import TelemetryHTTP
import TestSupport

/// A server of pages on a free port, for as long as a test needs it.
struct RunningServer: Sendable {
  let port: Int
  private let task: Task<Void, any Error>

  static func with(
    _ pages: [Page], limits: ServerLimits = ServerLimits(), _ body: (RunningServer) async throws -> Void
  ) async throws {
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let server = PageServer(address: "127.0.0.1", port: 0, pages: pages, limits: limits, logger: logger) {
      found.yield($0)
    }
    let task = Task { try await server.run() }
    var iterator = ports.makeAsyncIterator()
    guard let port = await iterator.next() else { throw TestSupportError("the server does not listen") }
    let running = RunningServer(port: port, task: task)
    do {
      try await body(running)
    } catch {
      try? await running.stop()
      throw error
    }
    try await running.stop()
  }

  /// Stops accepting, and returns when the requests under way are answered.
  func stop() async throws {
    task.cancel()
    try await task.value
  }

  func beginStopping() { task.cancel() }

  /// Sends bytes, closes our half unless the server is to close first, and reads to the end.
  func exchange(_ request: String, closing: Bool = true) async throws -> [RawAnswer] {
    let connection = try RawConnection(port: port)
    connection.send(request)
    if closing { connection.closeOutput() }
    guard let bytes = try await connection.bytesToEnd(within: .seconds(20)) else {
      throw TestSupportError("the server does not close the connection")
    }
    let methods = request.split(separator: "\r\n").filter { $0.contains(" HTTP/1.") }.map { $0.prefix { $0 != " " } }
    var (rest, answers) = (bytes[...], [RawAnswer]())
    for method in methods { answers.append(try RawAnswer(&rest, isHead: method == "HEAD")) }
    guard rest.isEmpty else { throw TestSupportError("\(rest.count) bytes behind the last answer") }
    return answers
  }
}

/// An answer as it stood on the wire. It takes nothing for good that RFC 9112 does not frame.
struct RawAnswer {
  let status: Int
  let fields: [String: String]
  /// The pieces of a chunked body; otherwise the body as one.
  let chunks: [[UInt8]]
  var body: [UInt8] { chunks.flatMap(\.self) }

  init(_ rest: inout ArraySlice<UInt8>, isHead: Bool) throws {
    let lines = try Self.head(&rest)
    guard let first = lines.first, first.hasPrefix("HTTP/1.1 "), let code = Int(first.dropFirst(9).prefix(3)) else {
      throw TestSupportError("no status line: \(lines)")
    }
    status = code
    let pairs = lines.dropFirst().map { line in
      (line.prefix { $0 != ":" }.lowercased(), String(line.drop { $0 != ":" }.dropFirst(2)))
    }
    fields = Dictionary(pairs) { "\($0) and \($1)" }
    if isHead {
      chunks = []
    } else if fields["transfer-encoding"] == "chunked" {
      chunks = try Self.chunked(&rest)
    } else {
      let count = fields["content-length"].flatMap { Int($0) } ?? rest.count
      guard rest.count >= count else { throw TestSupportError("\(rest.count) bytes of \(count)") }
      chunks = [Array(rest.prefix(count))]
      rest = rest.dropFirst(count)
    }
  }

  private static func head(_ rest: inout ArraySlice<UInt8>) throws -> [String] {
    var lines: [String] = []
    while true {
      let line = try line(&rest)
      if line.isEmpty { return lines }
      lines.append(line)
    }
  }

  private static func line(_ rest: inout ArraySlice<UInt8>) throws -> String {
    guard let end = rest.firstIndex(of: 10), end > rest.startIndex, rest[end - 1] == 13 else {
      throw TestSupportError("no line in \(String(decoding: rest.prefix(200), as: UTF8.self))")
    }
    defer { rest = rest[(end + 1)...] }
    return String(decoding: rest[..<(end - 1)], as: UTF8.self)
  }

  private static func chunked(_ rest: inout ArraySlice<UInt8>) throws -> [[UInt8]] {
    var chunks: [[UInt8]] = []
    while true {
      guard let count = Int(try line(&rest), radix: 16), rest.count >= count else {
        throw TestSupportError("a chunk is cut short")
      }
      let chunk = Array(rest.prefix(count))
      rest = rest.dropFirst(count)
      guard try line(&rest).isEmpty else { throw TestSupportError("no end of line behind a chunk") }
      if count == 0 { return chunks }
      chunks.append(chunk)
    }
  }
}
