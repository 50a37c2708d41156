import Glibc

/// `HOST:PORT/PATH`, where the host is an IPv4 address.
struct Address {
  let host: String
  let port: UInt16
  let path: String

  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let ends = parts[0].split(separator: ":")
    guard ends.count == 2, let port = UInt16(ends[1]) else { return nil }
    host = String(ends[0])
    self.port = port
    path = "/" + (parts.count > 1 ? String(parts[1]) : "metrics")
  }
}

/// A kept connection, with blocking calls: a client that costs as little as it can.
final class Connection {
  private let address: Address
  private let descriptor: Int32
  private var received: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 256 << 10)

  init(_ address: Address) throws(BenchError) {
    self.address = address
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = address.port.bigEndian
    inet_pton(AF_INET, address.host, &target.sin_addr)
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout.size(ofValue: one)))
    let status = withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw BenchError("cannot connect to \(address.host):\(address.port)") }
  }

  deinit { close(descriptor) }

  /// The body as it came, its chunks joined.
  func scrape(gzip: Bool) throws(BenchError) -> [UInt8] {
    let coding = gzip ? "Accept-Encoding: gzip\r\n" : ""
    let request =
      "GET \(address.path) HTTP/1.1\r\nHost: \(address.host)\r\nUser-Agent: Prometheus/2.42.0\r\n\(coding)"
      + "Accept: text/plain;version=0.0.4;q=0.5,*/*;q=0.1\r\nX-Prometheus-Scrape-Timeout-Seconds: 10\r\n\r\n"
    var bytes = Array(request.utf8)
    guard write(descriptor, &bytes, bytes.count) == bytes.count else { throw BenchError("cannot send") }
    received.removeAll(keepingCapacity: true)
    let head = try readHead()
    guard head.hasPrefix("HTTP/1.1 200") else { throw BenchError("answered \(head.prefix(32))") }
    let fields = head.lowercased()
    if let length = Self.number(after: "content-length: ", in: fields) {
      while received.count < length { try receive() }
      return received
    }
    return try readChunks()
  }

  private func readHead() throws(BenchError) -> String {
    while true {
      try receive()
      if let end = Self.end(of: received) {
        let head = String(decoding: received[..<end], as: UTF8.self)
        received.removeFirst(end)
        return head
      }
    }
  }

  private static func end(of bytes: [UInt8]) -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + mark.count)].elementsEqual(mark) }
      .map { $0 + mark.count }
  }

  private static func number(after name: String, in head: String) -> Int? {
    guard let range = head.split(separator: "\r\n").first(where: { $0.hasPrefix(name) }) else { return nil }
    return Int(range.dropFirst(name.count))
  }

  /// RFC 9112 §7.1, without extensions and trailers.
  private func readChunks() throws(BenchError) -> [UInt8] {
    var body: [UInt8] = []
    var position = 0
    while true {
      while !received[position...].contains(UInt8(ascii: "\n")) { try receive() }
      let line = received[position...].prefix { $0 != UInt8(ascii: "\r") }
      guard let size = Int(String(decoding: line, as: UTF8.self), radix: 16) else { throw BenchError("bad chunk") }
      let start = position + line.count + 2
      while received.count < start + size + 2 { try receive() }
      if size == 0 { return body }
      body += received[start..<(start + size)]
      position = start + size + 2
    }
  }

  private func receive() throws(BenchError) {
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else { throw BenchError("the connection was closed") }
    received += chunk[..<count]
  }
}
