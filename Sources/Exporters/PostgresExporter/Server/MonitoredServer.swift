import Catalog
import ExporterKit
import Logging
import Postgres

/// A server with one session in each of its databases that are scraped: all statements of a database travel in one
/// round trip, the main database's first.
actor MonitoredServer {
  /// So many of a server's databases are asked at once.
  static let maximumConcurrentDatabases = 8

  /// A database beside the main one.
  private struct Other {
    let keeper: SessionKeeper<DatabaseSession>
    var changes = StateChanges()
  }

  private let source: DataSource
  private let databases: ScrapedDatabases
  private let logger: Logger
  private let main: SessionKeeper<DatabaseSession>
  /// By name, those that were scraped last.
  private var others: [String: Other] = [:]
  /// As the server last named them, for when it does not.
  private var known: [String] = []
  private let cache = AnswerCache()

  init(_ source: DataSource, _ databases: ScrapedDatabases, logger: Logger) {
    self.source = source
    self.databases = databases
    self.logger = logger
    main = DatabaseSession.keeper({ try await source.configuration(until: $0) }, logger: logger)
  }

  /// Without secrets.
  nonisolated var address: String { source.address }

  /// - Parameter isOnly: whether no other server has part in the scrape.
  func scrape(
    _ collectors: [any PostgresCollector], until deadline: ContinuousClock.Instant, _ tally: ScrapeTally,
    _ usage: TargetUsage, isOnly: Bool
  ) async {
    guard let first = collectors.first else { return }
    let isDiscovering = databases.areDiscovered
    let context = ScrapeContext(deadline: deadline, tally: tally, cache: cache, usage: usage) { collector in
      isOnly && (collector.scope == .server || !isDiscovering)
    }
    tally.begin(first.name)
    let now = ContinuousClock.now
    let limit =
      now + ScrapeBudget.allowance(limit: first.limit, remaining: deadline - now, isLast: collectors.count == 1)
    let session: DatabaseSession
    do {
      session = try await liveSession(main, until: limit)
    } catch {
      // Where the first gets no answer the others would only wait.
      tally.fail(first.name, error)
      tally.note(DatabaseName(source.place.database), source.place.server, isUp: false)
      return
    }
    guard isDiscovering else { return await Self.run(collectors, in: session, context, isMain: true) }
    // The others begin as soon as the main database has named them.
    let (discoveries, found) = AsyncStream<[String]?>.makeStream()
    async let main: Void = {
      await Self.run(collectors, in: session, context, isMain: true) { found.yield($0) }
      found.finish()
    }()
    for await names in discoveries {
      known = names ?? known
      await scrapeOthers(known, collectors.filter { $0.scope == .eachDatabase }, context)
    }
    await main
  }

  /// One that was kept since the last scrape may be dead by now, as when the server was restarted.
  private func liveSession(
    _ keeper: SessionKeeper<DatabaseSession>, until limit: ContinuousClock.Instant
  ) async throws -> DatabaseSession {
    let (session, isNew) = try await keeper.session(until: limit)
    if isNew { return session }
    if await session.connection.isAliveWhileIdle() { return session }
    await keeper.forget()
    return try await keeper.session(until: limit).session
  }

  private static func run(
    _ collectors: [any PostgresCollector], in session: DatabaseSession, _ context: ScrapeContext,
    isMain: Bool = false, onDatabases: (@Sendable ([String]?) -> Void)? = nil
  ) async {
    var scrape = DatabaseScrape(session, collectors, context, asksFacts: true, onDatabases: onDatabases)
    do {
      try await session.connection.pipeline(scrape.statements, until: context.deadline, reader: scrape)
      if isMain, scrape.hasAnswered { context.tally.targetAnswered() }
      scrape.finish()
      context.tally.note(DatabaseName(session.facts.database), session.server, isUp: scrape.hasAnswered)
      let restated = scrape.restated
      guard !restated.isEmpty else { return }
      scrape = DatabaseScrape(session, restated, context, asksFacts: false, onDatabases: nil)
      try await session.connection.pipeline(scrape.statements, until: context.deadline, reader: scrape)
      scrape.finish()
    } catch {
      // Nothing was sent.
      for collector in collectors.prefix(1) { scrape.fail(collector, error) }
    }
  }

  private func scrapeOthers(
    _ names: [String], _ collectors: [any PostgresCollector], _ context: ScrapeContext
  ) async {
    let chosen = databases.chosen(from: names)
    await forget(others: Set(chosen))
    guard !collectors.isEmpty else { return }
    await withTaskGroup(of: Void.self) { group in
      for (index, name) in chosen.enumerated() {
        if index >= Self.maximumConcurrentDatabases { await group.next() }
        group.addTask { await self.scrapeOther(name, collectors, context) }
      }
    }
  }

  private func forget(others names: Set<String>) async {
    for (name, other) in others where !names.contains(name) {
      others[name] = nil
      cache.forget(name)
      await other.keeper.forget()
    }
  }

  private func scrapeOther(_ name: String, _ collectors: [any PostgresCollector], _ context: ScrapeContext) async {
    let other = others[name] ?? Other(keeper: newKeeper(name))
    others[name] = other
    let now = ContinuousClock.now
    do {
      let limit =
        now
        + ScrapeBudget.allowance(
          limit: .seconds(Self.maximumConnectSeconds), remaining: context.deadline - now, isLast: false)
      let session = try await liveSession(other.keeper, until: limit)
      note(name, nil)
      await Self.run(collectors, in: session, context)
    } catch {
      note(name, error)
      context.tally.note(DatabaseName(name), source.place.server, isUp: false)
    }
  }

  private static let maximumConnectSeconds = 3

  private func newKeeper(_ database: String) -> SessionKeeper<DatabaseSession> {
    DatabaseSession.keeper(
      { [source] deadline in
        var configuration = try await source.configuration(until: deadline)
        configuration.database = database
        return configuration
      }, logger: logger)
  }

  /// - Parameter error: nil where it could be reached.
  private func note(_ database: String, _ error: (any Error)?) {
    let subject: Logger.Metadata = ["database": "\(database)", "target": "\(address)"]
    switch others[database]?.changes.note(database, error.map { PostgresTarget.category(of: $0) }) {
    case nil, .some(.none), .works(again: false): break
    case .works(again: true): logger.notice("the database can be scraped again", metadata: subject)
    case .fails:
      logger.error(
        "the database cannot be scraped; while that lasts this is not repeated", error: error, metadata: subject)
    }
  }

  func close() async {
    await main.forget()
    await forget(others: [])
  }
}
