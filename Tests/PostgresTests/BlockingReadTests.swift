import Glibc
import Synchronization
import Testing

@testable import Postgres

@Suite("Reading what may block")
struct BlockingReadTests {
  @Test("All wait for the one reading that runs, each until its own deadline; the next one reads again")
  func shared() async throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (source, count) = (ends[0], Counter())
    let reading = BlockingRead<UInt8> {
      count.add()
      var byte: UInt8 = 0
      _ = read(source, &byte, 1)
      return byte
    }
    for _ in 0..<5 {
      let start = ContinuousClock.now
      #expect(try await reading.value(until: start + .milliseconds(20)) == nil)
      #expect(.now - start >= .milliseconds(20))
    }
    let cancelled = Task { try await reading.value(until: .now + .seconds(20)) }
    cancelled.cancel()
    await #expect { try await cancelled.value } throws: { ($0 as? PostgresError)?.kind == .cancelled }
    let waiters = (0..<3).map { _ in Task { try await reading.value(until: .now + .seconds(20)) } }
    try await Task.sleep(for: .milliseconds(100))
    #expect(write(ends[1], "a", 1) == 1)
    for waiter in waiters { #expect(try await waiter.value == UInt8(ascii: "a")) }
    #expect(count.value == 1)
    for byte in [UInt8(ascii: "b"), UInt8(ascii: "c")] {
      #expect(write(ends[1], [byte], 1) == 1)
      #expect(try await reading.value(until: .now + .seconds(20)) == byte)
    }
    #expect(count.value == 3)
    for end in ends { close(end) }
  }
}

private final class Counter: Sendable {
  private let count = Atomic(0)
  func add() { count.add(1, ordering: .relaxed) }
  var value: Int { count.load(ordering: .relaxed) }
}
