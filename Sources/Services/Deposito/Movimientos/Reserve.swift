import Postgres
import Telemetry

/// Identifiers for movements to come, and the database's time, as a transaction brought them along.
struct Reserve: Sendable {
  /// For so long: identifiers stay about in the order of time, and the clocks of two machines have no time to part.
  static let lifetime = Duration.seconds(1)

  private(set) var identifiers: ArraySlice<Int64>
  /// Microseconds since 1970, when it came.
  private let time: Int64
  private let came: ContinuousClock.Instant

  /// - Parameter row: of `deposito.asentar`.
  init(_ row: Row) throws(PostgresError) {
    identifiers = try row.decode("identificadores", as: [Int64]?.self)?[...] ?? []
    time = try row.decode("reloj")
    came = .now
  }

  /// nil where there are too few, or where it is too old.
  mutating func take(_ count: Int, at now: ContinuousClock.Instant) -> (identifiers: [Int64], time: String)? {
    guard identifiers.count >= count, came.duration(to: now) < Self.lifetime else { return nil }
    defer { identifiers.removeFirst(count) }
    let microseconds = Int(time) + Int(came.duration(to: now) / .microseconds(1))
    let instant = Timestamp(seconds: microseconds / 1_000_000, nanoseconds: microseconds % 1_000_000 * 1_000)
    return (Array(identifiers.prefix(count)), instant.rfc3339Microseconds)
  }

  /// With what is left of the one before: first in, first out.
  func following(_ other: Reserve?, at now: ContinuousClock.Instant) -> Reserve {
    guard let other, other.came.duration(to: now) < Self.lifetime else { return self }
    var both = self
    both.identifiers = other.identifiers + identifiers
    return both
  }
}
