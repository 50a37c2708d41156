import Foundation

/// Decides as Loki does: what is new is taken, what it has already is dropped in silence, and the answer is 400 if one
/// line of a request is refused, though the others are taken.
struct Judge {
  /// Behind the newest record of its stream: Loki's out-of-order window is half of `max_chunk_age`.
  var outOfOrderSeconds: Int64 = 3_600
  var maximumLineBytes = 256 << 10
  /// Lines that contain it are refused.
  var refusedText: String?
  /// As a proxy would: one refused line costs the request.
  var isAllOrNothing = false
  private(set) var entries: [ReceivedEntry] = []
  private(set) var duplicateCount = 0
  private(set) var violations: [String] = []
  private var known: Set<ReceivedEntry> = []
  private var newest: [String: Int64] = [:]

  mutating func judge(_ head: StrictReceiver.Request, _ body: [UInt8]) -> (status: Int, text: String) {
    do {
      try check(head)
      let streams =
        head.fields["content-type"] == "application/json"
        ? try JSONDecoding.decode(body) : try PushDecoder.decode(body)
      try check(streams)
      return take(streams.flatMap { $0 })
    } catch {
      violations.append("\(error)")
      return (400, "\(error)")
    }
  }

  private func check(_ head: StrictReceiver.Request) throws {
    guard head.path == "/loki/api/v1/push" else { throw DecodingProblem(description: "path \(head.path)") }
    guard ["application/x-protobuf", "application/json"].contains(head.fields["content-type"]) else {
      throw DecodingProblem(description: "content type \(head.fields["content-type"] ?? "")")
    }
  }

  func check(_ streams: [[ReceivedEntry]]) throws {
    guard !streams.isEmpty, streams.allSatisfy({ !$0.isEmpty }) else {
      throw DecodingProblem(description: "nothing in it")
    }
    let labels = streams.compactMap { $0.first?.labels }
    guard Set(labels).count == labels.count else { throw DecodingProblem(description: "a stream stands there twice") }
    let value = #""([^"\\\n]|\\.)+""#
    let pattern =
      "^\\{(instance=\(value), )?job=\(value), level=\"(trace|debug|info|notice|warning|error|critical)\"\\}$"
    for label in labels where label.range(of: pattern, options: .regularExpression) == nil {
      throw DecodingProblem(description: "labels \(label)")
    }
    for stream in streams {
      for (earlier, later) in zip(stream, stream.dropFirst())
      where (earlier.seconds, earlier.nanoseconds) > (later.seconds, later.nanoseconds) {
        throw DecodingProblem(description: "\(later.text) stands behind the later \(earlier.text)")
      }
    }
  }

  private mutating func take(_ all: [ReceivedEntry]) -> (Int, String) {
    let problems = all.map(problem)
    let first = problems.compactMap { $0 }.first
    if isAllOrNothing, let first { return (400, first) }
    for (entry, problem) in zip(all, problems) where problem == nil {
      if known.insert(entry).inserted {
        entries.append(entry)
        newest[entry.labels] = max(newest[entry.labels] ?? .min, entry.seconds)
      } else {
        duplicateCount += 1
      }
    }
    return first.map { (400, $0) } ?? (204, "")
  }

  private func problem(_ entry: ReceivedEntry) -> String? {
    if let refusedText, entry.text.contains(refusedText) { return "stream rate limit of this line" }
    if entry.line.count > maximumLineBytes { return "max entry size '\(maximumLineBytes)' bytes exceeded" }
    if let newest = newest[entry.labels], entry.seconds < newest - outOfOrderSeconds {
      return "entry too far behind, entry timestamp is: \(entry.seconds), oldest acceptable timestamp is: \(newest)"
    }
    return nil
  }
}
