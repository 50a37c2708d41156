import Testing

@testable import Postgres

@Suite("Whom a cancellation hit")
struct CancellationsTests {
  private let start = ContinuousClock.now
  private func some() -> Cancellations { Cancellations(deadline: start + .seconds(5), grace: .milliseconds(250)) }

  @Test("Nobody asked for it: it is the server's own")
  func unrelated() {
    var cancellations = some()
    cancellations.begin()
    #expect(cancellations.end(.queryCanceled) == .unrelated)
    cancellations.request()
    #expect(cancellations.end(nil) == .unrelated)
    #expect(cancellations.end(.syntaxError) == .unrelated)
  }

  @Test("The one that was meant, and one behind it that the second signal hits; the third is not ours")
  func victims() {
    var cancellations = some()
    cancellations.begin()
    cancellations.request()
    #expect(cancellations.end(.queryCanceled) == .meant)
    cancellations.begin()
    #expect(cancellations.end(.queryCanceled) == .victim)
    cancellations.begin()
    #expect(cancellations.end(.queryCanceled) == .unrelated)
  }

  @Test("The grace runs from now, and not beyond the deadline's own")
  func grace() {
    var cancellations = some()
    #expect(cancellations.graceEnd(at: start) == start + .milliseconds(250))
    #expect(cancellations.graceEnd(at: start + .seconds(9)) == start + .milliseconds(5250))
    cancellations.abort(at: start + .seconds(1))
    #expect(cancellations.deadline == start + .seconds(1) && cancellations.isAborted)
  }
}
