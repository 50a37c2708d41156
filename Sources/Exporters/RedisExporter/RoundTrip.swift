import Redis

/// The questions of all pipelined collectors, sent in one go, and the replies as they come. Redis sends those of one read
/// of its own together: then the first collector has waited for all, and the others take what their reading takes.
struct RoundTrip {
  let session: RedisSession
  /// Those that asked, in the order of their replies.
  let collectors: [any PipelinedCollector]
  /// Those that have nothing to ask this server.
  let silent: [any PipelinedCollector]
  let commandCount: Int
  /// Why the connection is over; nil as long as replies come.
  private(set) var failure: RedisError?
  private var replies: AsyncStream<RedisConnection.Replies>.Iterator
  private var first: RedisAnswers?

  /// Sends them.
  init(_ collectors: [any PipelinedCollector], _ session: RedisSession, until deadline: ContinuousClock.Instant) {
    let asksInfo = collectors.contains { $0 is InfoCollector }
    var (asking, silent): ([any PipelinedCollector], [any PipelinedCollector]) = ([], [])
    var groups: [CommandGroup] = []
    for collector in collectors {
      let questions = asksInfo ? collector.questionsBesideInfo(to: session) : collector.questions(to: session)
      guard let group = CommandGroup(questions, limit: collector.limit) else {
        silent.append(collector)
        continue
      }
      asking.append(collector)
      groups.append(group)
    }
    self.session = session
    self.collectors = asking
    self.silent = silent
    commandCount = groups.reduce(0) { $0 + $1.commands.count }
    replies = session.connection.pipeline(groups, deadline: deadline).makeAsyncIterator()
  }

  /// Waits for the first replies, which `next` has all the same.
  /// - Returns: why there is none at all.
  mutating func firstFailure() async -> RedisError? {
    guard !collectors.isEmpty else { return nil }
    let answers = await next()
    first = answers
    return answers.isNothing ? failure : nil
  }

  /// The answers to the next collector.
  mutating func next() async -> RedisAnswers {
    if let answers = first {
      first = nil
      return answers
    }
    let answers = RedisAnswers((await replies.next() ?? [])[...])
    failure = answers.failure
    return answers
  }
}
