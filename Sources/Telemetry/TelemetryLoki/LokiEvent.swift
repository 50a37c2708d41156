import Telemetry

/// What the process is told. The client's own troubles never go into the log pipeline: count these, and print the
/// changes of state to standard error.
public enum LokiEvent: Sendable, Equatable {
  /// So many records are lost, for this reason.
  case dropped(LokiDropReason, count: Int)
  /// Lines that were cut to `LokiLimits.maximumLineBytes`, and sent.
  case truncated(count: Int)
  /// Once, when it stops taking records; the reason shows no secret.
  case receiverAway(reason: String)
  /// Once, when it takes them again.
  case receiverBack
  /// Once: records wait in memory only.
  case spillUnavailable(reason: String)
  /// Once, after it was unavailable.
  case spillAvailable
}

/// Why records are lost.
public enum LokiDropReason: String, Sendable, CaseIterable {
  /// The budget on disk, or the bound of the memory where there is no disk.
  case full
  /// The receiver does not take this line: a 4xx other than 401, 403, 408 and 429.
  case refused
  /// The receiver says that the line is too old for it.
  case tooOld = "too_old"
  /// They were in a part of a spill file that cannot be read; at least so many.
  case damaged
  /// The process ended before they could be sent, and there is no directory for them.
  case closed
}

/// How requests end.
public enum LokiRequestOutcome: String, Sendable, CaseIterable {
  /// 2xx: the receiver has the batch.
  case accepted
  /// 401, 403: tried again, since credentials change.
  case unauthorized
  /// 429: tried again.
  case throttled
  /// Another 4xx: the lines are looked at one by one or dropped.
  case refused
  /// Any other answer: tried again.
  case failed
  /// No answer in time, or no connection: tried again.
  case unreachable
}

/// A moment of the client, for metrics.
public struct LokiStatistics: Sendable {
  /// Waiting in memory, the batch under way included.
  public internal(set) var memoryRecords = 0
  /// What those hold, their index included; at most `LokiLimits.maximumMemoryBytes` once `write` is over.
  public internal(set) var memoryBytes = 0
  /// Waiting on disk, those of an earlier process included.
  public internal(set) var spillRecords = 0
  /// Of all segments, what is sent of them already included.
  public internal(set) var spillBytes = 0
  /// Of the first record that waits; nil where none does.
  public internal(set) var oldestRecord: Timestamp?
  /// Since the start, by how they ended.
  public internal(set) var requests: [LokiRequestOutcome: Int] = [:]
  /// Records since the start, by reason.
  public internal(set) var dropped: [LokiDropReason: Int] = [:]
  /// That the receiver took, since the start.
  public internal(set) var sentRecords = 0
  /// Whose line was cut, since the start.
  public internal(set) var truncatedRecords = 0
  /// Between `LokiEvent.receiverAway` and `LokiEvent.receiverBack`.
  public internal(set) var isReceiverAway = false
  /// Between `LokiEvent.spillUnavailable` and `LokiEvent.spillAvailable`.
  public internal(set) var isSpillUnavailable = false
}
