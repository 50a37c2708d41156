import Testing

@testable import ExporterKit

@Suite("ReconnectDelay")
struct ReconnectDelayTests {
  @Test("doubles from 100 ms up to 300, and is gone after a success")
  func delays() {
    var delay = ReconnectDelay()
    #expect(delay.nextAttempt == nil)
    let now = ContinuousClock.now
    var waits: [Duration] = []
    for _ in 0..<100 {
      delay.failed(at: now)
      waits.append((delay.nextAttempt ?? now) - now)
    }
    #expect(waits.prefix(4) == [.milliseconds(100), .milliseconds(200), .milliseconds(300), .milliseconds(300)])
    #expect(waits.last == .milliseconds(300))
    delay.succeeded()
    #expect(delay.nextAttempt == nil)
  }
}
