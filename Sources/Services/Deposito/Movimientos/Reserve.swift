import Postgres
import Telemetry

/// Identifiers for movements to come, and the database's time, as transactions brought them along.
struct Reserve: Sendable {
  /// For so long an identifier is good: they stay about in the order of time.
  static let lifetime = Duration.seconds(1)

  private struct Identifier {
    let value: Int64
    let came: ContinuousClock.Instant
  }

  private var identifiers: ArraySlice<Identifier>
  /// Microseconds since 1970, when it came.
  private var time: Int64
  private var came: ContinuousClock.Instant

  /// - Parameter row: of `deposito.asentar`.
  init(_ row: Row) throws(PostgresError) {
    self.init(
      identifiers: try row.decode("identificadores", as: [Int64]?.self) ?? [], time: try row.decode("reloj"), at: .now)
  }

  init(identifiers: [Int64], time: Int64, at now: ContinuousClock.Instant) {
    self.identifiers = identifiers.map { Identifier(value: $0, came: now) }[...]
    self.time = time
    came = now
  }

  /// How many are good.
  func count(at now: ContinuousClock.Instant) -> Int {
    identifiers.count { $0.came.duration(to: now) < Self.lifetime }
  }

  /// - Parameter last: what all have to come after, so that a product's identifiers grow.
  /// - Returns: nil where there are too few, or where the clock was read too long ago.
  mutating func take(
    _ count: Int, after last: Int64, at now: ContinuousClock.Instant
  ) -> (identifiers: [Int64], time: String)? {
    identifiers = identifiers.drop { $0.value <= last || $0.came.duration(to: now) >= Self.lifetime }
    guard identifiers.count >= count, came.duration(to: now) < Self.lifetime else { return nil }
    defer { identifiers.removeFirst(count) }
    let microseconds = microseconds(at: now)
    let instant = Timestamp(seconds: microseconds / 1_000_000, nanoseconds: microseconds % 1_000_000 * 1_000)
    return (identifiers.prefix(count).map { $0.value }, instant.rfc3339Microseconds)
  }

  /// With those of one that came before: in the order of their numbers, and at no earlier time than that said.
  func merged(with other: Reserve, at now: ContinuousClock.Instant) -> Reserve {
    var both = self
    both.time = Int64(max(microseconds(at: now), other.microseconds(at: now)))
    both.came = now
    both.identifiers =
      (identifiers + other.identifiers).filter { $0.came.duration(to: now) < Self.lifetime }
      .sorted { $0.value < $1.value }[...]
    return both
  }

  /// Without what does not come after an identifier.
  func after(_ last: Int64) -> Reserve {
    var rest = self
    rest.identifiers = identifiers.drop { $0.value <= last }
    return rest
  }

  private func microseconds(at now: ContinuousClock.Instant) -> Int {
    Int(time) + Int(came.duration(to: now) / .microseconds(1))
  }
}
