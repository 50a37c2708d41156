import Testing

@testable import ExporterKit

@Suite("ReconnectDelay")
struct ReconnectDelayTests {
  @Test("doubles from 100 ms to a second, and is gone after a success")
  func delays() {
    var delay = ReconnectDelay()
    #expect(delay.nextAttempt == nil)
    let now = ContinuousClock.now
    var waits: [Duration] = []
    for _ in 0..<100 {
      delay.failed(at: now)
      waits.append((delay.nextAttempt ?? now) - now)
    }
    #expect(
      waits.prefix(5) == [.milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(800), .seconds(1)])
    #expect(waits.last == .seconds(1))
    delay.succeeded()
    #expect(delay.nextAttempt == nil)
  }
}
