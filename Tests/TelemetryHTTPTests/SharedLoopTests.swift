import Logging
import NIOCore
import NIOPosix
import Synchronization
import TelemetryHTTP
import TestSupport
import Testing

@Suite("Pages on somebody's event loop", .timeLimit(.minutes(1)))
struct SharedLoopTests {
  private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// The status of one request, after which the server is stopped.
  private static func status(on group: any EventLoopGroup, _ page: Page) async throws -> Int {
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    let server = PageServer(
      addresses: [ListenAddress(host: "127.0.0.1", port: 0)], pages: [page], eventLoops: group, logger: logger
    ) { found.yield($0) }
    let task = Task { try await server.run() }
    var iterator = ports.makeAsyncIterator()
    let connection = try RawConnection(port: try #require(await iterator.next()))
    connection.send("GET /page HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    var bytes = try #require(try await connection.bytesToEnd(within: .seconds(20)))[...]
    task.cancel()
    try await task.value
    return try RawAnswer(&bytes, isHead: false).status
  }

  @Test("pages are made on the loop, which outlives one server after the other")
  func outlives() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 3)
    let places = Mutex<Set<String>>([])
    let page = Page("/page") { _ in
      places.withLock { places in
        for loop in group.makeIterator() where loop.inEventLoop { places.insert("\(loop)") }
      }
      return .text(200, "made")
    }
    for _ in 0..<4 { #expect(try await Self.status(on: group, page) == 200) }
    #expect(places.withLock { !$0.isEmpty })
    let loop = group.next()
    #expect(try await loop.submit { loop.inEventLoop }.get())
    try await group.shutdownGracefully()
  }
}
