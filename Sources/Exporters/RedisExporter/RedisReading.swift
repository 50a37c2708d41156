import ExporterKit
import Redis
import Telemetry

/// What a collector fills.
struct RedisReading {
  var batch = SampleBatch()
  /// The server answers, and has not read its data yet: every command about keys would be refused.
  var isLoading = false
  /// What INFO said of the commands in this round trip; nil where it was not asked or did not answer.
  var commands: CommandReader?

  mutating func note(_ name: Bytes, _ value: Bytes) {
    if name == "loading" { isLoading = value == "1" }
  }
}

/// The replies to what a collector asked, in the order of its questions.
struct RedisAnswers {
  private let results: ArraySlice<Result<RedisReply, RedisError>>

  init(_ results: ArraySlice<Result<RedisReply, RedisError>>) { self.results = results }

  var count: Int { results.count }

  /// Why the connection is over; nil where it goes on.
  var failure: RedisError? {
    if case .failure(let error)? = results.last, error.kind != .server { error } else { nil }
  }

  /// Not even the first question was answered.
  var isNothing: Bool {
    if case .failure(let error)? = results.first { error.kind != .server } else { false }
  }

  /// The reply, which is no error.
  subscript(index: Int) -> RedisReply {
    get throws(RedisError) {
      guard index < results.count else { throw RedisError(.decoding, "there is no reply \(index)") }
      return try results[results.startIndex + index].get()
    }
  }
}
