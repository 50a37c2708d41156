import Foundation
import Synchronization
import TestSupport

/// Accepts connections of 127.0.0.1, each on a thread of its own.
final class SocketServer: Sendable {
  private struct State {
    var listener: Int32 = -1
    var connections: Set<Int32> = []
  }

  private let port: Int
  private let state = Mutex(State())

  init(port: Int) { self.port = port }

  func start(_ serve: @escaping @Sendable (SocketConnection) -> Void) throws {
    let listener = try listen()
    state.withLock { $0.listener = listener }
    Thread.detachNewThread { [self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let isOpen = state.withLock { state in
          guard state.listener == listener else { return false }
          state.connections.insert(descriptor)
          return true
        }
        guard isOpen else {
          close(descriptor)
          return
        }
        Thread.detachNewThread { [self] in
          serve(SocketConnection(descriptor))
          // Forgotten first: the number may be another's right after.
          _ = state.withLock { $0.connections.remove(descriptor) }
          close(descriptor)
        }
      }
    }
  }

  func stop() {
    state.withLock { state in
      if state.listener >= 0 {
        shutdown(state.listener, Int32(SHUT_RDWR))
        close(state.listener)
      }
      state.listener = -1
      for descriptor in state.connections { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  private func listen() throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = UInt16(port).bigEndian
    let isListening = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 && Glibc.listen(descriptor, 64) == 0
      }
    }
    guard isListening else { throw TestSupportError("cannot listen on \(port): errno \(errno)") }
    return descriptor
  }
}

/// HTTP/1.1 as a server needs it here.
final class SocketConnection {
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Nil at the end of the connection.
  func readRequest() -> (StrictReceiver.Request, [UInt8])? {
    let end = Array("\r\n\r\n".utf8)
    var headEnd: Int?
    while headEnd == nil {
      headEnd = buffer.indices.first { buffer[$0...].starts(with: end) }
      if headEnd == nil, !readMore() { return nil }
    }
    let lines = String(decoding: buffer.prefix(headEnd ?? 0), as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ").map(String.init)
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      fields[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
    }
    guard words.count == 3, words[0] == "POST", let length = fields["content-length"].flatMap({ Int($0) }) else {
      return nil
    }
    let bodyStart = (headEnd ?? 0) + 4
    while buffer.count < bodyStart + length { if !readMore() { return nil } }
    let body = Array(buffer[bodyStart..<bodyStart + length])
    buffer.removeFirst(bodyStart + length)
    return (StrictReceiver.Request(path: words[1], fields: fields, time: .now), body)
  }

  func write(status: Int, fields: [String: String], text: String) -> Bool {
    var head = "HTTP/1.1 \(status) Answer\r\n"
    if status != 204 { head += "Content-Length: \(text.utf8.count)\r\n" }
    for (name, value) in fields { head += "\(name): \(value)\r\n" }
    let bytes = Array((head + "\r\n" + (status == 204 ? "" : text)).utf8)
    let sent = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    return sent == bytes.count && fields["Connection"] != "close"
  }

  /// The client sees a reset instead of an end.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Or until the client is gone.
  func wait(milliseconds: Int32) {
    var waiting = pollfd(fd: descriptor, events: 0, revents: 0)
    poll(&waiting, 1, milliseconds)
  }

  func waitUntilClosed() { while readMore() {} }

  private func readMore() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    if count > 0 { buffer += chunk[..<count] }
    return count > 0
  }
}
