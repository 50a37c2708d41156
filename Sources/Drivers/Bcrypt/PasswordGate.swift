import Dispatch
import Synchronization

/// Checks passwords against bcrypt hashes, one at a time on a thread of its own, and remembers what it found, so that a
/// scrape with the right password costs a digest and not 70 ms. It keeps no password: the memory is of keyed digests.
package final class PasswordGate: Sendable {
  /// Checks that wait at the most, the one under way included; past them the answer is “later”.
  package static let maximumWaiting = 16
  /// Of each kind, right and wrong, so that guesses cannot displace what is right.
  package static let maximumRemembered = 100
  /// Longer ones are refused before any work.
  package static let maximumPasswordBytes = 1_024

  package enum Verdict: Sendable, Equatable {
    case right
    case wrong
    /// So many checks wait already.
    case busy
  }

  private struct Memory {
    var right: [[UInt8]: Int] = [:]
    var wrong: [[UInt8]: Int] = [:]
    var clock = 0
    var waiting = 0
  }

  private let digest = KeyedDigest()
  private let memory = Mutex(Memory())
  private let thread = DispatchQueue(label: "bcrypt")
  private let check: @Sendable (BcryptHash, String) -> Bool

  package convenience init() { self.init { $0.matches($1) } }

  init(check: @escaping @Sendable (BcryptHash, String) -> Bool) { self.check = check }

  /// - Parameter hash: the user's; nil where there is no such user, which costs as much as a wrong password.
  /// - Parameter decoy: what an unknown user's password is checked against.
  package func verify(_ password: String, of user: String, against hash: BcryptHash?, decoy: BcryptHash) async
    -> Verdict
  {
    guard password.utf8.count <= Self.maximumPasswordBytes else { return .wrong }
    let target = hash ?? decoy
    let key = digest.digest([user, target.text, password])
    if let known = recall(key) { return known && hash != nil ? .right : .wrong }
    guard enter() else { return .busy }
    let matches = await withCheckedContinuation { continuation in
      thread.async { continuation.resume(returning: self.check(target, password)) }
    }
    let isRight = matches && hash != nil
    leave(remembering: key, isRight)
    return isRight ? .right : .wrong
  }

  private func recall(_ key: [UInt8]) -> Bool? {
    memory.withLock { $0.right[key] != nil ? true : ($0.wrong[key] != nil ? false : nil) }
  }

  private func enter() -> Bool {
    memory.withLock { memory in
      guard memory.waiting < Self.maximumWaiting else { return false }
      memory.waiting += 1
      return true
    }
  }

  private func leave(remembering key: [UInt8], _ isRight: Bool) {
    memory.withLock { memory in
      memory.waiting -= 1
      memory.clock += 1
      if isRight { Self.add(key, &memory.right, memory.clock) } else { Self.add(key, &memory.wrong, memory.clock) }
    }
  }

  /// The oldest gives way.
  private static func add(_ key: [UInt8], _ entries: inout [[UInt8]: Int], _ time: Int) {
    if entries.count >= maximumRemembered, let oldest = entries.min(by: { $0.value < $1.value }) {
      entries[oldest.key] = nil
    }
    entries[key] = time
  }
}
