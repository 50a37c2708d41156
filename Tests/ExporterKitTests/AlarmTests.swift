import Synchronization
import Testing

@testable import ExporterKit

@Suite("Alarm")
struct AlarmTests {
  private final class Calls: Sendable {
    let names = Mutex<[String]>([])
    func add(_ name: String) { names.withLock { $0.append(name) } }
    var all: [String] { names.withLock { $0 } }
  }

  @Test(
    "calls in the order of the instants, however they were set, and not what was cancelled", .timeLimit(.minutes(1)))
  func order() async throws {
    let (alarm, calls) = (Alarm(), Calls())
    let start = ContinuousClock.now
    _ = alarm.set(at: start + .milliseconds(300)) { calls.add("late") }
    let cancelled = alarm.set(at: start + .milliseconds(150)) { calls.add("cancelled") }
    _ = alarm.set(at: start + .milliseconds(50)) { calls.add("early") }
    alarm.cancel(cancelled)
    while calls.all.count < 2 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(calls.all == ["early", "late"])
    #expect(ContinuousClock.now - start >= .milliseconds(300))
  }

  @Test("an instant that has passed is called at once, and a later one set by a call is kept", .timeLimit(.minutes(1)))
  func passed() async throws {
    let (alarm, calls) = (Alarm(), Calls())
    _ = alarm.set(at: .now - .seconds(1)) {
      calls.add("first")
      _ = alarm.set(at: .now + .milliseconds(20)) { calls.add("second") }
    }
    while calls.all.count < 2 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(calls.all == ["first", "second"])
  }
}
