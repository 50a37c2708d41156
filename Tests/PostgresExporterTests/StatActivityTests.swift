import Postgres
import TestSupport
import Testing

@Suite("stat_activity and what else looks at sessions")
struct StatActivityTests {
  @Test("an idle transaction is counted by its state, and its age grows; states that nobody is in are 0")
  func idleTransaction() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    let held = try await HeldSession.open(server, database, "BEGIN; SELECT 1")
    let broken = try await HeldSession.open(server, database, "BEGIN")
    _ = try? await broken.execute(script: "SELECT 1/0", deadline: .now + .seconds(30))
    try await Task.sleep(for: .milliseconds(1200))
    let page = try await CollectorScrape.page(
      "stat_activity", "idle_in_transaction", "long_running_transactions", of: server.url())
    func value(_ name: String, _ state: String) -> Double? { page.value(name, ["datname": database, "state": state]) }
    #expect(value("pg_stat_activity_count", "idle in transaction") == 1)
    #expect(value("pg_stat_activity_count", "idle in transaction (aborted)") == 1)
    for state in ["active", "idle", "fastpath function call", "disabled"] {
      #expect(value("pg_stat_activity_count", state) == 0, "\(state)")
      #expect(value("pg_stat_activity_max_tx_duration", state) == 0, "\(state)")
    }
    let age = value("pg_stat_activity_max_tx_duration", "idle in transaction") ?? 0
    #expect(age >= 1.2 && age < 60)
    #expect(page.value("pg_idle_in_transaction_sessions", ["datname": database]) == 2)
    #expect(page.value("pg_idle_in_transaction_oldest_seconds", ["datname": database]) ?? 0 >= 1.2)
    #expect(page.value("pg_long_running_transactions") ?? 0 >= 1)
    #expect(page.value("pg_long_running_transactions_oldest_timestamp_seconds") ?? 0 >= 1.2)
    await held.close()
    await broken.close()
  }

  @Test("idle sessions fall into buckets by how long they have been so")
  func processIdle() async throws {
    let server = try await PostgresServer.shared()
    let held = try await HeldSession.open(server, "postgres", "SELECT 1", applicationName: "sleepy")
    try await Task.sleep(for: .milliseconds(1200))
    let page = try await CollectorScrape.page("process_idle", of: server.url())
    func bucket(_ bound: String) -> Double? {
      page.value("pg_process_idle_seconds_bucket", ["application_name": "sleepy", "state": "idle", "le": bound])
    }
    #expect(bucket("1") == 0)
    #expect(bucket("300") == 1)
    #expect(bucket("+Inf") == 1)
    #expect(page.value("pg_process_idle_seconds_count", ["application_name": "sleepy"]) == 1)
    let sum = page.value("pg_process_idle_seconds_sum", ["application_name": "sleepy"]) ?? 0
    #expect(sum >= 1.2 && sum < 60)
    await held.close()
  }

  @Test("a session that waits for a lock is counted under its wait event")
  func waitEvents() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    try await server.psql("CREATE TABLE t (n int)", database: database)
    let holder = try await HeldSession.open(server, database, "BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
    let waiter = try await HeldSession.open(server, database)
    async let answer: Int = waiter.execute(script: "SELECT * FROM t", deadline: .now + .seconds(60))
    _ = try await eventually {
      let waiting = try await server.psql("SELECT count(*) FROM pg_locks WHERE NOT granted")
      return waiting == "0" ? nil : true
    }
    let page = try await CollectorScrape.page("wait_events", of: server.url())
    #expect(
      page.value(
        "pg_wait_events_sessions", ["datname": database, "wait_event_type": "Lock", "wait_event": "relation"]) == 1)
    #expect(page.value("pg_wait_events_sessions", ["datname": database, "wait_event": "ClientRead"]) == 1)
    await holder.close()
    _ = try await answer
    await waiter.close()
  }
}
