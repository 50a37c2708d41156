import Postgres
import Settings

/// A file that holds a password and nothing else. It is read at each new session, since passwords change; one that
/// blocks holds up the servers of its module, and nobody else.
struct PasswordFile: Sendable {
  private let path: String
  private let reading: BlockingRead<Result<[UInt8], FileError>>

  init(_ path: String) {
    self.path = path
    reading = BlockingRead { Result { () throws(FileError) in try FileReader.bytes(of: path) } }
  }

  func password(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> String {
    switch try await reading.value(until: deadline) {
    case .success(let bytes)?:
      return String(String(decoding: bytes, as: UTF8.self).trimming(while: \.isNewline))
    case .failure(let error)?:
      throw PostgresError(.configuration, "the password file \(path) cannot be read: \(error)")
    case nil:
      throw PostgresError(
        .configuration, "the password file \(path) was not read in time; is it a pipe or on a dead mount?")
    }
  }
}
