import CArgon2
import Dispatch
import Synchronization

/// Hashes and checks passwords with Argon2id (RFC 9106) through libargon2, one at a time on a thread of its own,
/// so that logins cannot take the machine from other requests.
package final class PasswordHasher: Sendable {
  /// OWASP's first choice for Argon2id: 19 MiB, 2 passes, 1 lane.
  package static let memoryKibibytes: UInt32 = 19_456
  package static let passes: UInt32 = 2
  package static let lanes: UInt32 = 1
  /// Callers that wait at the most; one costs tens of milliseconds.
  package static let maximumWaiting = 32
  /// Longer passwords are refused before any work.
  package static let maximumPasswordBytes = 1_024
  private static let saltBytes = 16
  private static let hashBytes = 32

  private let queue = DispatchQueue(label: "argon2")
  private let waiting = Atomic(0)
  /// A hash of nothing that anybody knows: what an unknown user's password is checked against.
  private let decoy: String

  package init() throws(PasswordHashError) {
    decoy = try Self.hashNow("\(UInt64.random(in: 0...UInt64.max))\(UInt64.random(in: 0...UInt64.max))")
  }

  /// The encoded hash with its parameters and a fresh salt: `$argon2id$v=19$m=19456,t=2,p=1$…`.
  package func hash(_ password: String) async throws(PasswordHashError) -> String {
    try await run { () throws(PasswordHashError) in try Self.hashNow(password) }
  }

  /// Whether the password is the one behind the encoded hash; where there is no hash, it takes as long and is false.
  package func verify(_ password: String, against encoded: String?) async throws(PasswordHashError) -> Bool {
    guard password.utf8.count <= Self.maximumPasswordBytes else { return false }
    let target = encoded ?? decoy
    let matches = try await run { () throws(PasswordHashError) in
      let bytes = Array(password.utf8)
      let status = argon2id_verify(target, bytes, bytes.count)
      guard status == ARGON2_OK.rawValue || status == ARGON2_VERIFY_MISMATCH.rawValue else {
        throw .library(String(cString: argon2_error_message(status)))
      }
      return status == ARGON2_OK.rawValue
    }
    return matches && encoded != nil
  }

  private func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws(PasswordHashError) -> Value
  ) async throws(PasswordHashError) -> Value {
    guard waiting.add(1, ordering: .relaxed).newValue <= Self.maximumWaiting else {
      waiting.subtract(1, ordering: .relaxed)
      throw .busy
    }
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Value, PasswordHashError>, Never>) in
      queue.async { continuation.resume(returning: Result(catching: work)) }
    }
    waiting.subtract(1, ordering: .relaxed)
    return try result.get()
  }

  private static func hashNow(_ password: String) throws(PasswordHashError) -> String {
    guard password.utf8.count <= maximumPasswordBytes else { throw .tooLong(limitBytes: maximumPasswordBytes) }
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<saltBytes).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let bytes = Array(password.utf8)
    let length = argon2_encodedlen(passes, memoryKibibytes, lanes, UInt32(saltBytes), UInt32(hashBytes), Argon2_id)
    var encoded = [CChar](repeating: 0, count: length)
    let status = argon2id_hash_encoded(
      passes, memoryKibibytes, lanes, bytes, bytes.count, salt, salt.count, hashBytes, &encoded, encoded.count)
    guard status == ARGON2_OK.rawValue else { throw .library(String(cString: argon2_error_message(status))) }
    return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

package enum PasswordHashError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Too many callers wait already.
  case busy
  case tooLong(limitBytes: Int)
  case library(String)

  package var description: String {
    switch self {
    case .busy: "too many passwords are being checked"
    case .tooLong(let limit): "a password has at most \(limit) bytes"
    case .library(let message): "libargon2: \(message)"
    }
  }
}
