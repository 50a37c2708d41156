/// What the receiver said, as far as the client looks at it.
struct PushAnswer: Sendable {
  let status: Int
  var retryAfterSeconds: Double?
  /// The beginning of its body, where receivers say what is wrong.
  var text = ""

  /// What follows from it.
  enum Verdict: Equatable {
    case accepted
    /// Some line may be to blame: Loki takes the others of a batch and answers 400, a proxy takes none and answers 413.
    case refused(LokiDropReason)
    /// No line is to blame, and trying again would not help.
    case hopeless
    /// 401 and 403 too: credentials come back.
    case retry(LokiRequestOutcome)
  }

  var verdict: Verdict {
    switch status {
    case 200..<300: .accepted
    case 400, 413, 422: .refused(isAboutAge ? .tooOld : .refused)
    case 401, 403: .retry(.unauthorized)
    case 429: .retry(.throttled)
    case 408: .retry(.failed)
    case 402..<500: .hopeless
    default: .retry(.failed)
    }
  }

  /// As Loki puts it: `greater_than_max_sample_age`, `too_far_behind`, `out_of_order`.
  private var isAboutAge: Bool {
    ["timestamp too old", "too far behind", "out of order"].contains { text.contains($0) }
  }
}

/// There was no answer.
struct PushError: Error, CustomStringConvertible {
  let description: String
}
