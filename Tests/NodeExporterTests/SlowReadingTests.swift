import Glibc
import Synchronization
import Testing

@testable import NodeExporter

@Suite("Slow readings")
struct SlowReadingTests {
  @Test("each is read once, in order, whether it is fast or slow", arguments: [0, 3])
  func order(milliseconds: Int32) {
    let calls = Mutex([Int: Int]())
    let readings = SlowReading.all(Array(0..<24)) { number -> Int? in
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
    _ = SlowReading.all(Array(0..<16)) { _ -> Int? in
      let now = running.add(1, ordering: .relaxed).newValue
      most.max(now, ordering: .relaxed)
      poll(nil, 0, 8)
      running.subtract(1, ordering: .relaxed)
      return nil
    }
    #expect(most.load(ordering: .relaxed) >= 2)
  }

  @Test("nothing to read")
  func none() { #expect(SlowReading.all([Int]()) { $0 }.isEmpty) }
}
