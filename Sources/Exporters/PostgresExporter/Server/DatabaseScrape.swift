import ExporterKit
import Postgres
import Synchronization
import Telemetry

/// What the scrapes of a server's databases have in common.
struct ScrapeContext: Sendable {
  let deadline: ContinuousClock.Instant
  let tally: ScrapeTally
  let cache: AnswerCache
  let usage: TargetUsage
  /// Whether nothing more comes of such a collector once it has been read in one database.
  let isComplete: @Sendable (any PostgresCollector) -> Bool
}

/// One scrape of one database: which statements it takes, and what becomes of their answers.
final class DatabaseScrape: PipelineReader {
  private enum Item {
    case facts
    case databases
    /// Position among the readings.
    case collector(Int)
  }

  private struct Reading {
    let collector: any PostgresCollector
    let statements: [Statement]
    var answers: [QueryResult] = []
    var pending: Int
    var error: (any Error)?
    var limit: ContinuousClock.Instant?
    /// The server has turned out to be another than was believed when the statements were sent.
    var isRestated = false
  }

  private struct State {
    var readings: [Reading]
    var begun: Set<Int> = []
    var hasAnswered = false
    /// The server was another than was believed.
    var hasLearnt = false
  }

  /// So long may be asked for what the exporter itself wants to know.
  private static let ownStatementLimitSeconds = 2

  let statements: [Statement]
  private let items: [Item]
  private let session: DatabaseSession
  private let context: ScrapeContext
  private let cached: [(collector: any PostgresCollector, answer: AnswerCache.Answer)]
  private let absent: [any PostgresCollector]
  private let onDatabases: @Sendable ([String]?) -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - asksFacts: behind the first collector's statements.
  ///   - onDatabases: called with the server's other databases as soon as they are known, or with nil if it does not
  ///     name them; nil where nobody wants them.
  init(
    _ session: DatabaseSession, _ collectors: [any PostgresCollector], _ context: ScrapeContext,
    asksFacts: Bool, onDatabases: (@Sendable ([String]?) -> Void)?
  ) {
    self.session = session
    self.context = context
    self.onDatabases = onDatabases ?? { _ in }
    let database = session.facts.database
    var (items, statements, readings): ([Item], [Statement], [Reading]) = ([], [], [])
    var (cached, absent): ([(any PostgresCollector, AnswerCache.Answer)], [any PostgresCollector]) = ([], [])
    func ask(_ item: Item, _ statement: Statement) {
      items.append(item)
      statements.append(statement)
    }
    func askOwn() {
      if asksFacts { ask(.facts, ServerFacts.statement) }
      if onDatabases != nil { ask(.databases, ScrapedDatabases.statement) }
    }
    for (index, collector) in collectors.enumerated() {
      if index == 1 { askOwn() }
      if let age = collector.freshness,
        let answer = context.cache.answer(of: collector.name, in: database, youngerThan: age)
      {
        cached.append((collector, answer))
        continue
      }
      let own = session.statements(of: collector)
      if own.isEmpty {
        absent.append(collector)
      } else {
        for statement in own { ask(.collector(readings.count), statement) }
        readings.append(Reading(collector: collector, statements: own, pending: own.count))
      }
    }
    if collectors.count < 2 { askOwn() }
    (self.items, self.statements, self.cached, self.absent) = (items, statements, cached, absent)
    state = Mutex(State(readings: readings))
  }

  /// Whether the server has answered anything.
  var hasAnswered: Bool { state.withLock { $0.hasAnswered } }

  /// Those whose statements would be others now.
  var restated: [any PostgresCollector] {
    state.withLock { state in
      state.readings.filter(\.isRestated).map(\.collector) + (state.hasLearnt ? absent.filter(hasStatements) : [])
    }
  }

  private func hasStatements(_ collector: any PostgresCollector) -> Bool {
    !session.statements(of: collector).isEmpty
  }

  func begins(_ index: Int) -> ContinuousClock.Instant {
    let now = ContinuousClock.now
    let remaining = context.deadline - now
    func limit(_ most: Duration) -> ContinuousClock.Instant {
      now + ScrapeBudget.allowance(limit: most, remaining: remaining, isLast: index == items.count - 1)
    }
    guard case .collector(let position) = items[index] else { return limit(.seconds(Self.ownStatementLimitSeconds)) }
    return state.withLock { state in
      let isFirstTime = state.begun.insert(index).inserted
      let reading = state.readings[position]
      if isFirstTime, let limit = reading.limit { return limit }
      if isFirstTime { context.tally.begin(reading.collector.name) }
      let end = limit(reading.collector.limit)
      state.readings[position].limit = end
      return end
    }
  }

  func ended(_ index: Int, _ result: Result<QueryResult, PostgresError>) {
    context.usage.addQueries(1)
    if case .success(let rows) = result {
      context.usage.addBytes(rows.byteCount)
      state.withLock { $0.hasAnswered = true }
    }
    switch items[index] {
    case .facts: learn(result)
    case .databases:
      // Where only this failed, those of before are scraped; without a server none is.
      if case .success(let rows) = result {
        onDatabases(rows.compactMap { try? $0.decode(0) })
      } else if hasAnswered {
        onDatabases(nil)
      }
    case .collector(let position):
      let finished = state.withLock { state -> Reading? in
        switch result {
        case .success(let rows): state.readings[position].answers.append(rows)
        case .failure(let error): state.readings[position].error = state.readings[position].error ?? error
        }
        state.readings[position].pending -= 1
        return state.readings[position].pending == 0 ? state.readings[position] : nil
      }
      if let finished { read(finished, position) }
    }
  }

  private func learn(_ result: Result<QueryResult, PostgresError>) {
    guard case .success(let rows) = result,
      let facts = try? ServerFacts(of: session.connection, rows), session.learn(facts)
    else { return }
    state.withLock { state in
      state.hasLearnt = true
      for position in state.readings.indices where state.readings[position].pending > 0 {
        let reading = state.readings[position]
        state.readings[position].isRestated = session.statements(of: reading.collector) != reading.statements
      }
    }
  }

  private func read(_ reading: Reading, _ position: Int) {
    state.withLock { state in
      // Nobody needs them any more, and they may be large.
      state.readings[position].answers = []
    }
    guard !reading.isRestated else { return }
    let name = reading.collector.name
    if let error = reading.error {
      // One that never began is not told: whoever lost the connection is.
      if reading.limit == nil { return miss(reading.collector) }
      return fail(reading.collector, error)
    }
    do {
      let facts = session.facts
      var batch = SampleBatch()
      try reading.collector.read(
        reading.answers, from: PostgresSession(server: session.server, facts: facts), into: &batch)
      if reading.collector.freshness != nil {
        context.cache.keep(batch, of: name, in: facts.database, since: .now)
      }
      succeed(reading.collector, batch, reading.collector.freshness == nil ? nil : .zero)
    } catch {
      fail(reading.collector, error)
    }
  }

  /// What needed no statement, once the server is known to be there.
  func finish() {
    guard hasAnswered else { return }
    for (collector, answer) in cached {
      succeed(collector, answer.batch, .now - answer.since)
    }
    for collector in absent where !hasStatements(collector) {
      fail(collector, NothingToRead("\(collector.name) on PostgreSQL \(session.facts.version / 10_000)"))
    }
  }

  private func succeed(_ collector: any PostgresCollector, _ batch: SampleBatch, _ age: Duration?) {
    context.tally.succeed(collector.name, with: batch, age: age)
    if context.isComplete(collector) { context.tally.end(collector.name) }
  }

  private func miss(_ collector: any PostgresCollector) {
    context.tally.miss(collector.name)
    if context.isComplete(collector) { context.tally.end(collector.name) }
  }

  func fail(_ collector: any PostgresCollector, _ error: any Error) {
    context.tally.fail(collector.name, error)
    if context.isComplete(collector) { context.tally.end(collector.name) }
  }
}
