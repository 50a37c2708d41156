import Synchronization
import TestSupport

/// What all clients know together: the products, and how every operation ended.
final class ModelJournal: Sendable {
  enum Verdict: Sendable {
    case acknowledged(HTTPClient.Answer)
    /// 409: it did not happen.
    case refused
    /// No answer, or one that promises nothing.
    case unknown
  }

  struct Entry: Sendable {
    let operation: ModelOperation
    let verdict: Verdict
  }

  private struct State {
    var products: [Int] = []
    var entries: [Entry] = []
    var surprises: [String] = []
  }

  private let state = Mutex(State())

  var products: [Int] { state.withLock { $0.products } }
  var entries: [Entry] { state.withLock { $0.entries } }
  /// Answers that nobody may get.
  var surprises: [String] { state.withLock { $0.surprises } }

  func record(_ operation: ModelOperation, _ verdict: Verdict) {
    state.withLock { state in
      state.entries.append(Entry(operation: operation, verdict: verdict))
      guard case .product = operation.effect, case .acknowledged(let answer) = verdict else { return }
      if let id = answer.json["id"]?.int { state.products.append(id) }
    }
  }

  func surprise(_ operation: ModelOperation, _ text: String) {
    state.withLock { $0.surprises.append("\(operation.name) \(operation.marker): \(text)") }
  }
}

/// One client: operation after operation, some of them twice at once or again.
struct ModelClient: Sendable {
  private static let pause = Duration.milliseconds(100)
  /// How long an operation without an answer is sent again, once the run is over.
  private static let patience = Duration.seconds(20)

  let http: HTTPClient
  let journal: ModelJournal
  var operations: ModelOperations

  mutating func run(until end: ContinuousClock.Instant) async throws {
    while .now < end, !Task.isCancelled {
      let operation = operations.next(products: journal.products)
      await perform(operation, until: end)
    }
  }

  mutating func perform(_ operation: ModelOperation, until end: ContinuousClock.Instant) async {
    var verdict: ModelJournal.Verdict
    if operations.int(0...19) == 0 {
      verdict = await performTwiceAtOnce(operation)
    } else {
      verdict = await attempt(operation)
    }
    // Half of the operations without an answer are left as they are: they may have happened, but not by halves.
    if case .unknown = verdict, operations.int(0...1) == 0 { verdict = await insist(operation, until: end) }
    if case .unknown = verdict { try? await Task.sleep(for: Self.pause) }
    if case .acknowledged(let answer) = verdict, operations.int(0...9) == 0 { await again(operation, like: answer) }
    journal.record(operation, verdict)
  }

  /// Sends it once more; where an answer comes, it is the first one to the byte.
  func again(_ operation: ModelOperation, like first: HTTPClient.Answer) async {
    switch await attempt(operation) {
    case .acknowledged(let second): compare(operation, first, second)
    case .refused: journal.surprise(operation, "refused after it was acknowledged")
    case .unknown: return
    }
  }

  private func performTwiceAtOnce(_ operation: ModelOperation) async -> ModelJournal.Verdict {
    async let one = attempt(operation)
    async let other = attempt(operation)
    switch await (one, other) {
    case (.acknowledged(let first), .acknowledged(let second)):
      compare(operation, first, second)
      return .acknowledged(first)
    case (.acknowledged, .refused), (.refused, .acknowledged):
      journal.surprise(operation, "acknowledged and refused at once")
      return .unknown
    case (.acknowledged(let answer), .unknown), (.unknown, .acknowledged(let answer)): return .acknowledged(answer)
    case (.refused, .refused): return .refused
    // What was refused once could have been the other's, and that one has no answer yet.
    default: return .unknown
    }
  }

  private func insist(_ operation: ModelOperation, until end: ContinuousClock.Instant) async -> ModelJournal.Verdict {
    while .now < end + Self.patience, !Task.isCancelled {
      try? await Task.sleep(for: Self.pause)
      let verdict = await attempt(operation)
      if case .unknown = verdict { continue }
      return verdict
    }
    return .unknown
  }

  private func attempt(_ operation: ModelOperation) async -> ModelJournal.Verdict {
    let answer: HTTPClient.Answer
    do {
      answer = try await http.send(
        operation.method, operation.path, json: operation.body, headers: ["Idempotency-Key": operation.marker])
    } catch {
      return .unknown
    }
    switch answer.status {
    case 200, 201: return .acknowledged(answer)
    case 429, 503: return .unknown
    case 409 where answer.json["code"]?.string == "stock_insuficiente": return .refused
    case 409 where answer.json["code"]?.string == "idempotencia_en_curso": return .unknown
    default:
      journal.surprise(operation, "\(answer.status) \(answer.text)")
      return .unknown
    }
  }

  private func compare(_ operation: ModelOperation, _ first: HTTPClient.Answer, _ second: HTTPClient.Answer) {
    if first.status != second.status || first.body != second.body
      || first.headers["location"] != second.headers["location"]
    {
      journal.surprise(operation, "answered \(first.status) \(first.text), then \(second.status) \(second.text)")
    }
  }
}
