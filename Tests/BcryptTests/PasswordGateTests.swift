import Dispatch
import Synchronization
import Testing

@testable import Bcrypt

@Suite("PasswordGate")
struct PasswordGateTests {
  private func hash(_ cost: String = "05") throws -> BcryptHash {
    try #require(BcryptHash("$2a$\(cost)$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
  }

  /// Counts its checks; `right` is right.
  private final class Counter: Sendable {
    let count = Mutex(0)
    func gate() -> PasswordGate {
      PasswordGate { _, password in
        self.count.withLock { $0 += 1 }
        return password == "right"
      }
    }
    var checks: Int { count.withLock { $0 } }
  }

  @Test("a real hash, end to end")
  func real() async throws {
    let (gate, hash) = (PasswordGate(), try hash())
    #expect(await gate.verify("U*U", of: "ana", against: hash, decoy: hash) == .right)
    #expect(await gate.verify("other", of: "ana", against: hash, decoy: hash) == .wrong)
    #expect(await gate.verify("U*U", of: "nobody", against: nil, decoy: hash) == .wrong)
  }

  @Test("a password is checked once, right or wrong, and an unknown user's too")
  func memory() async throws {
    let (counter, hash) = (Counter(), try hash())
    let gate = counter.gate()
    for _ in 0..<3 { #expect(await gate.verify("right", of: "ana", against: hash, decoy: hash) == .right) }
    for _ in 0..<3 { #expect(await gate.verify("wrong", of: "ana", against: hash, decoy: hash) == .wrong) }
    for _ in 0..<3 { #expect(await gate.verify("right", of: "eve", against: nil, decoy: hash) == .wrong) }
    #expect(counter.checks == 3)
  }

  @Test("another hash, after the file changed, is another check")
  func changed() async throws {
    let counter = Counter()
    let gate = counter.gate()
    for cost in ["05", "06"] {
      #expect(await gate.verify("right", of: "ana", against: try hash(cost), decoy: try hash(cost)) == .right)
    }
    #expect(counter.checks == 2)
  }

  @Test("guesses do not displace what is right")
  func guesses() async throws {
    let (counter, hash) = (Counter(), try hash())
    let gate = counter.gate()
    _ = await gate.verify("right", of: "ana", against: hash, decoy: hash)
    for number in 0..<(2 * PasswordGate.maximumRemembered) {
      _ = await gate.verify("\(number)", of: "ana", against: hash, decoy: hash)
    }
    let before = counter.checks
    _ = await gate.verify("right", of: "ana", against: hash, decoy: hash)
    #expect(counter.checks == before)
    _ = await gate.verify("0", of: "ana", against: hash, decoy: hash)
    #expect(counter.checks == before + 1)
  }

  @Test("past the bound the answer is busy, at once; a very long password is wrong without a check")
  func bound() async throws {
    let hash = try hash()
    let door = Door()
    let gate = PasswordGate { _, _ in
      door.enter()
      return true
    }
    await withTaskGroup(of: PasswordGate.Verdict.self) { group in
      for number in 0...PasswordGate.maximumWaiting {
        group.addTask { await gate.verify("\(number)", of: "ana", against: hash, decoy: hash) }
      }
      #expect(await group.next() == .busy)
      door.open()
      for await verdict in group { #expect(verdict == .right) }
    }
    #expect(door.entered == PasswordGate.maximumWaiting)
    let long = String(repeating: "x", count: PasswordGate.maximumPasswordBytes + 1)
    #expect(await gate.verify(long, of: "ana", against: hash, decoy: hash) == .wrong)
    #expect(door.entered == PasswordGate.maximumWaiting)
  }

  /// Closed at first: who enters waits until it is open.
  private final class Door: Sendable {
    private let count = Mutex(0)
    private let gate = DispatchSemaphore(value: 0)
    var entered: Int { count.withLock { $0 } }

    func enter() {
      count.withLock { $0 += 1 }
      gate.wait()
      gate.signal()
    }

    func open() { gate.signal() }
  }
}
