import Foundation

/// The same request in JSON, read by Foundation.
enum JSONDecoding {
  static func decode(_ body: [UInt8]) throws -> [[ReceivedEntry]] {
    guard let request = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any], request.count == 1,
      let streams = request["streams"] as? [[String: Any]]
    else { throw DecodingProblem(description: "no streams") }
    return try streams.map { stream in
      guard stream.count == 2, let labels = stream["stream"] as? [String: String],
        let values = stream["values"] as? [[Any]]
      else { throw DecodingProblem(description: "a stream without stream and values") }
      let text = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ", ")
      return try values.map { try entry($0, "{\(text)}") }
    }
  }

  private static func entry(_ value: [Any], _ labels: String) throws -> ReceivedEntry {
    guard (2...3).contains(value.count), let time = (value[0] as? String).flatMap(Int64.init),
      let line = value[1] as? String, let metadata = (value.count == 3 ? value[2] : [:]) as? [String: String]
    else { throw DecodingProblem(description: "a value that is not [time, line, metadata]") }
    return ReceivedEntry(
      labels: labels, seconds: time / 1_000_000_000, nanoseconds: time % 1_000_000_000, line: Array(line.utf8),
      metadata: metadata)
  }
}
