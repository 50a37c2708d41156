import Catalog
import ExporterKit
import MetricModel
import Redis
import Synchronization
import Telemetry

/// One server, over one connection that is kept between scrapes.
struct RedisTarget: ExporterTarget {
  /// A server that says nothing for so long while it is asked is as good as down.
  static let silenceSeconds = 3

  let up: Family<Gauge, NoLabels>?
  let selfFamilies: ExporterSelf
  let usage: TargetUsage
  private let configuration: RedisConfiguration
  private let options: RedisOptions
  private let work: RedisWork
  private let survey: KeySurvey?
  private let sessions: SessionKeeper<RedisSession>
  private let naming: Naming

  /// - Parameters:
  ///   - errors: refused requests, where this is the main target.
  ///   - connectLimit: the scrape's own limit can leave less.
  init(_ configuration: RedisConfiguration, _ options: RedisOptions, errors: RequestErrors?, connectLimit: Duration) {
    let usage = TargetUsage()
    self.configuration = configuration
    self.options = options
    self.usage = usage
    work = RedisWork(errors: errors)
    naming = Naming(namespace: options.namespace)
    up = naming.isOther ? Family("\(options.namespace)_up", RedisInstance.up.descriptor.help) : RedisInstance.up
    selfFamilies = naming.isOther ? ExporterSelf(redis: options.namespace) : .redis
    let received: @Sendable (Int) -> Void = { usage.addBytes($0) }
    let survey = KeySurvey(options.keys) { node, deadline throws(RedisError) in
      var place = configuration
      place.endpoint = node ?? place.endpoint
      let limit = min(deadline, .now + .seconds(Self.silenceSeconds))
      return try await RedisSession.open(place, options, deadline: limit, received: received)
    }
    self.survey = options.keys.needsScan ? survey : nil
    sessions = SessionKeeper { deadline in
      let limit = min(deadline, .now + min(connectLimit, .seconds(Self.silenceSeconds)))
      return try await RedisSession.open(configuration, options, survey: survey, deadline: limit, received: received)
    } isUsable: {
      $0.connection.isUsable
    } close: {
      await $0.connection.close()
    }
  }

  var address: String { configuration.address }

  func collect(
    _ collectors: [any RedisCollector], until deadline: ContinuousClock.Instant, reporting progress: ScrapeProgress
  ) async {
    let start = ContinuousClock.now
    defer { work.note(scrape: .now - start) }
    do {
      let pipelined = collectors.compactMap(\.pipelined)
      try await readPipelined(pipelined, until: deadline, reporting: progress)
    } catch {
      // Where the server does not answer these the others would only wait.
      for collector in collectors { progress.fail(collector.name, error) }
      return await sessions.forget()
    }
    let dialogues = collectors.compactMap(\.dialogue)
    for (index, collector) in dialogues.enumerated() {
      await read(collector, until: deadline, isLast: index == dialogues.count - 1, reporting: progress)
    }
  }

  /// All questions in one round trip. A collector's time runs from the end of the one before: it has no more than what
  /// its own replies and their reading take.
  private func readPipelined(
    _ collectors: [any PipelinedCollector], until deadline: ContinuousClock.Instant,
    reporting progress: ScrapeProgress
  ) async throws {
    var trip = try await ask(collectors, until: deadline, reporting: progress)
    let wantsInfo = collectors.contains { $0 is InfoCollector }
    var commands: CommandReader?
    for (index, collector) in trip.collectors.enumerated() {
      if index > 0 { progress.begin(collector.name) }
      let answers = await trip.next()
      do throws(RedisError) {
        var reading = RedisReading(commands: commands)
        try collector.read(answers, from: trip.session, into: &reading)
        commands = reading.commands
        if !reading.isLoading, !wantsInfo || collector is InfoCollector { progress.targetAnswered() }
        progress.succeed(collector.name, with: naming.applied(to: reading.batch))
      } catch {
        progress.fail(collector.name, error)
      }
    }
    if collectors.isEmpty { progress.targetAnswered() }
    if let failure = trip.failure { throw failure }
  }

  private func ask(
    _ collectors: [any PipelinedCollector], until deadline: ContinuousClock.Instant,
    reporting progress: ScrapeProgress
  ) async throws -> RoundTrip {
    let kept = try await sessions.session(until: deadline)
    if kept.isNew { work.note(connect: kept.session.connectTime) }
    var trip = await ask(collectors, kept.session, until: deadline, reporting: progress)
    guard let failure = await trip.firstFailure() else { return trip }
    // A session that was kept since the last scrape can turn out to be dead, as when the server was restarted.
    guard !kept.isNew, failure.kind == .unavailable else { throw failure }
    await sessions.forget()
    let fresh = try await sessions.session(until: deadline).session
    work.note(connect: fresh.connectTime)
    var second = await ask(collectors, fresh, until: deadline, reporting: progress)
    // Nothing was answered: that is no matter of the single commands.
    if let failure = await second.firstFailure() { throw failure }
    return second
  }

  private func ask(
    _ collectors: [any PipelinedCollector], _ session: RedisSession, until deadline: ContinuousClock.Instant,
    reporting progress: ScrapeProgress
  ) async -> RoundTrip {
    if options.pingsOnConnect {
      let start = ContinuousClock.now
      usage.addQueries(1)
      _ = await session.connection.pipeline(
        [RedisCommand("PING")], deadline: deadline, limit: .seconds(Self.silenceSeconds))
      work.note(ping: .now - start)
    }
    let trip = RoundTrip(collectors, session, until: deadline)
    usage.addQueries(trip.commandCount)
    for collector in trip.silent {
      progress.fail(collector.name, NothingToRead("\(collector.name) at this server"))
    }
    if let first = trip.collectors.first { progress.begin(first.name) }
    return trip
  }

  private func read(
    _ collector: any DialogueCollector, until deadline: ContinuousClock.Instant, isLast: Bool,
    reporting progress: ScrapeProgress
  ) async {
    progress.begin(collector.name)
    let now = ContinuousClock.now
    let allowance = ScrapeBudget.allowance(limit: collector.limit, remaining: deadline - now, isLast: isLast)
    do {
      let session = try await sessions.session(until: now + allowance).session
      var reading = RedisReading()
      usage.addQueries(1)
      try await collector.read(from: session, until: now + allowance, into: &reading)
      progress.succeed(collector.name, with: naming.applied(to: reading.batch))
    } catch {
      progress.fail(collector.name, error)
    }
  }

  /// What of the exporter's work is not said by collectors.
  var ownSamples: SampleBatch {
    var batch = SampleBatch()
    work.add(to: &batch)
    // The standard exporter has it always; with a scan, the scan's collector says it.
    if survey == nil { batch.add(RedisInstance.KeyGroups.scrapeDuration, 0) }
    return naming.applied(to: batch)
  }

  func close() async {
    await survey?.close()
    await sessions.forget()
  }

  func failure(of error: any Error) -> CollectorFailure {
    guard let error = error as? RedisError else {
      return CollectorFailure(category: "\(type(of: error))", isTimeout: false)
    }
    let category = [error.kind.rawValue, error.code].compactMap { $0 }.joined(separator: " ")
    return CollectorFailure(category: category, isTimeout: error.kind == .timedOut)
  }
}
