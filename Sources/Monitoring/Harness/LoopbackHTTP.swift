import Foundation

/// One HTTP request to a port of 127.0.0.1, one connection each: HTTP/1.0, so that an answer ends where the connection
/// does and no framing has to be read (RFC 1945, section 7.2.2). Without libcurl, which only this would link.
package enum LoopbackHTTP {
  package struct Answer: Sendable {
    package let status: Int
    package let body: String
  }

  /// Past this an answer is cut: 16 MiB.
  static let maximumAnswerBytes = 16 << 20

  /// Blocks its thread.
  /// - Parameter headers: lines without their ends.
  package static func exchange(
    _ method: String = "GET", port: Int, _ path: String, headers: [String] = [], json: String? = nil
  ) throws -> Answer {
    let connection = try LoopbackConnection(port: port)
    let body = json ?? ""
    let lines =
      ["\(method) \(path) HTTP/1.0", "Host: 127.0.0.1:\(port)", "Connection: close"] + headers
      + (json == nil ? [] : ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"])
    try connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    return try answer(of: connection, port, path)
  }

  /// The same on a thread of its own.
  package static func send(
    _ method: String = "GET", port: Int, _ path: String, headers: [String] = [], json: String? = nil
  ) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      Thread {
        continuation.resume(with: Result { try exchange(method, port: port, path, headers: headers, json: json) })
      }.start()
    }
  }

  private static func answer(of connection: LoopbackConnection, _ port: Int, _ path: String) throws -> Answer {
    var bytes: [UInt8] = []
    while bytes.count < maximumAnswerBytes, let chunk = try connection.read() { bytes += chunk }
    let text = String(decoding: bytes, as: UTF8.self)
    // "HTTP/1.1 200 OK"
    let status = text.prefix { $0 != "\r\n" }.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    guard let status, let head = text.firstRange(of: "\r\n\r\n") else {
      throw HarnessError("port \(port) answers \(path) with no HTTP: \(text.prefix(100))")
    }
    return Answer(status: status, body: String(text[head.upperBound...]))
  }
}
