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
  package static let timeoutSeconds = 10

  /// Blocks its thread.
  /// - Parameter headers: lines without their ends.
  package static func exchange(
    _ method: String = "GET", port: Int, _ path: String, headers: [String] = [], json: String? = nil
  ) throws -> Answer {
    let connection = try connect(to: port)
    defer { close(connection) }
    let body = json ?? ""
    let lines =
      ["\(method) \(path) HTTP/1.0", "Host: 127.0.0.1:\(port)", "Connection: close"] + headers
      + (json == nil ? [] : ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"])
    try send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body, to: connection, port)
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

  private static func connect(to port: Int) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var limit = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
    let failed = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) != 0
      }
    }
    if failed {
      let code = errno
      close(descriptor)
      throw HarnessError("nobody answers on port \(port): \(String(cString: strerror(code)))")
    }
    return descriptor
  }

  private static func send(_ text: String, to connection: Int32, _ port: Int) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw HarnessError("port \(port) takes no request: \(String(cString: strerror(errno)))") }
      rest = rest.dropFirst(count)
    }
  }

  private static func answer(of connection: Int32, _ port: Int, _ path: String) throws -> Answer {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count < maximumAnswerBytes {
      let count = read(connection, &chunk, chunk.count)
      if count == 0 { break }
      guard count > 0 else {
        throw HarnessError("port \(port) stopped answering \(path): \(String(cString: strerror(errno)))")
      }
      bytes += chunk[..<count]
    }
    let text = String(decoding: bytes, as: UTF8.self)
    // "HTTP/1.1 200 OK"
    let status = text.prefix { $0 != "\r\n" }.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    guard let status, let head = text.firstRange(of: "\r\n\r\n") else {
      throw HarnessError("port \(port) answers \(path) with no HTTP: \(text.prefix(100))")
    }
    return Answer(status: status, body: String(text[head.upperBound...]))
  }
}
