import Dispatch
import Glibc
import Synchronization
import Testing

@testable import NodeExporter

@Suite("Slow readings")
struct SlowReadingTests {
  @Test("each is read once, in order, whether it is fast or slow", arguments: [0, 3])
  func order(milliseconds: Int32) {
    let calls = Mutex([Int: Int]())
    let readings = SlowReading().all(Array(0..<24)) { number -> Int? in
      poll(nil, 0, milliseconds)
      calls.withLock { $0[number, default: 0] += 1 }
      return number.isMultiple(of: 5) ? nil : number * 10
    }
    #expect(readings == (0..<24).map { $0.isMultiple(of: 5) ? nil : $0 * 10 })
    #expect(calls.withLock { $0.values.allSatisfy { $0 == 1 } && $0.count == 24 })
  }

  @Test("slow ones run side by side")
  func parallel() {
    let running = Atomic(0)
    let most = Atomic(0)
    _ = SlowReading().all(Array(0..<16)) { _ -> Int? in
      let now = running.add(1, ordering: .relaxed).newValue
      most.max(now, ordering: .relaxed)
      poll(nil, 0, 8)
      running.subtract(1, ordering: .relaxed)
      return nil
    }
    #expect(most.load(ordering: .relaxed) >= 2)
  }

  @Test("nothing to read")
  func none() { #expect(SlowReading<Int, Int>().all([]) { $0 }.isEmpty) }

  /// Readings that hang on every thread but that of the test, until they are let go.
  private final class Kernel: Sendable {
    /// How often each was begun on a thread that hangs.
    let begun = Mutex([Int: Int]())
    private let hanging: Range<Int>
    private let gate = DispatchSemaphore(value: 0)
    private let asking = pthread_self()

    init(hanging: Range<Int>) { self.hanging = hanging }

    func read(_ subject: Int) -> Int? {
      // Long enough for the next ones to be read on threads.
      if subject == 0 { poll(nil, 0, 10) }
      guard hanging.contains(subject) else { return subject }
      if pthread_self() != asking {
        begun.withLock { $0[subject, default: 0] += 1 }
        gate.wait()
      } else {
        for _ in 0..<2000 where begun.withLock({ $0.isEmpty }) { poll(nil, 0, 5) }
      }
      return subject
    }

    func letGo(_ count: Int) { for _ in 0..<count { gate.signal() } }
  }

  @Test("one that hangs is not waited for beyond the limit, nor begun again before it is back")
  func hangs() async throws {
    let slow = SlowReading<Int, Int>(wait: .milliseconds(500))
    // The thread of the test takes one of them, and is back at once.
    let kernel = Kernel(hanging: 1..<3)
    var stuck: Set<Int> = []
    for call in 0..<4 {
      let readings = slow.all([0, 1, 2]) { kernel.read($0) }
      #expect(readings[0] == 0)
      #expect(stuck.allSatisfy { readings[$0] == nil }, "call \(call)")
      stuck = Set([1, 2].filter { readings[$0] == nil })
      #expect(slow.threads == stuck.count)
    }
    #expect((1...2).contains(slow.threads))
    #expect(kernel.begun.withLock { $0.values.allSatisfy { $0 == 1 } })
    kernel.letGo(2)
    for _ in 0..<1000 where slow.threads > 0 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(slow.threads == 0)
    #expect(slow.all([0, 1, 2]) { $0 } == [0, 1, 2])
  }

  @Test("however often it is asked, no more threads hang than is said")
  func bounded() async throws {
    let slow = SlowReading<Int, Int>(wait: .milliseconds(500))
    let limit = SlowReading<Int, Int>.maximumThreads
    let kernel = Kernel(hanging: 1..<100)
    for call in 0..<3 {
      // Others each time, so that none is left out because it hangs already.
      let readings = slow.all([0] + Array(1 + call * 20..<21 + call * 20)) { kernel.read($0) }
      #expect(readings.count { $0 != nil } >= 21 - limit)
      #expect(slow.threads <= limit)
    }
    #expect(slow.threads > 0)
    kernel.letGo(100)
    for _ in 0..<1000 where slow.threads > 0 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(slow.threads == 0)
  }
}
