import Alerts
import Harness
import Topology

/// How many requests a second go on beside a fault of the database.
private enum Pace {
  /// While it is there: enough for the alerts' minimum of traffic over five minutes within seconds.
  static let beginning = 25
  static let beginningSeconds = 6
  /// Then few: what failed has to be outnumbered afterwards.
  static let going = 4
  /// Where every request waits: whoever is answered asks again at once, so that all of them wait for a whole lock.
  static let waiting = 1_000
  /// After it, so that the averages over five minutes fall below the threshold without five minutes of waiting.
  static let afterwards = 400
}

/// The application's role may not use its schema: the database lives, and refuses each of its queries.
actor RightsRevocation: Fault {
  private let stack: PrivateStack
  private var traffic: Traffic?
  private var calming: Task<Void, any Error>?

  init(_ stack: PrivateStack) { self.stack = stack }

  func begin() async throws {
    let traffic = try await Traffic(on: stack, perSecond: Pace.beginning)
    self.traffic = traffic
    try await stack.sql("REVOKE USAGE ON SCHEMA deposito FROM deposito_app")
    calming = Task {
      try await Task.sleep(for: .seconds(Pace.beginningSeconds))
      traffic.set(perSecond: Pace.going)
    }
  }

  func undo() async throws {
    try await stack.sql("GRANT USAGE ON SCHEMA deposito TO deposito_app")
  }

  func isMended() async throws -> Bool {
    try await stack.sql("SELECT has_schema_privilege('deposito_app', 'deposito', 'USAGE')").hasPrefix("t")
  }

  func afterwards() {
    calming?.cancel()
    traffic?.set(perSecond: Pace.afterwards)
  }

  func finish() async throws { try await traffic?.stop() }
}

/// Somebody holds the table that every request reads, so long at a time, again and again.
actor TableLock: Fault {
  private static let application = "minimarket-drill-lock"

  private let milliseconds: Int
  private let stack: PrivateStack
  private var traffic: Traffic?
  private var holder: Task<Void, any Error>?

  init(milliseconds: Int, _ stack: PrivateStack) { (self.milliseconds, self.stack) = (milliseconds, stack) }

  func begin() async throws {
    // Whoever waits for the table comes before the next lock.
    let statement = """
      DO $$ BEGIN LOOP
        LOCK TABLE deposito.productos IN ACCESS EXCLUSIVE MODE; PERFORM pg_sleep(\(Double(milliseconds) / 1000));
        COMMIT;
      END LOOP; END $$
      """
    let environment = try stack.psqlEnvironment().merging(["PGAPPNAME": Self.application]) { $1 }
    let command = stack.psql + ["-c", statement]
    holder = Task { _ = try await Subprocess.run(command, environment: environment, timeout: .seconds(600)) }
    try await wait(within: .seconds(10), for: "the lock") { try await !isMended() }
    traffic = try await Traffic(on: stack, perSecond: Pace.waiting)
  }

  func undo() async throws {
    try await stack.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '\(Self.application)'")
    holder?.cancel()
  }

  func isMended() async throws -> Bool {
    let holders = "SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(Self.application)'"
    return try await stack.sql(holders).hasPrefix("0")
  }

  func afterwards() {
    traffic?.set(perSecond: Pace.afterwards)
  }

  func finish() async throws { try await traffic?.stop() }
}
