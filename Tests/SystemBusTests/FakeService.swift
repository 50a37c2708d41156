import CSystemd
import Foundation
import Synchronization
import TestSupport

/// A service that answers like systemd and logind, over the same library, on a socket of its own.
final class FakeService: Sendable {
  enum Value: Sendable {
    case text(String)
    case number32(UInt32)
    case number64(UInt64)
    case flag(Bool)
  }

  enum Silence: Sendable {
    case none
    /// Says who it is and then no more.
    case toCalls
    /// Takes the connection.
    case complete
  }

  struct Answers: Sendable {
    /// By method: the structures' types, and each structure's fields.
    var lists: [String: (types: String, rows: [[Value]])] = [:]
    /// By object's path, interface and name, with slashes between them.
    var properties: [String: Value] = [:]
    var silence = Silence.none
  }

  let address: String
  private let directory: TemporaryDirectory
  private let listener: Int32
  private let answers: Answers
  private let isStopped = Atomic(false)

  init(_ answers: Answers) throws {
    self.answers = answers
    directory = try TemporaryDirectory("bus")
    let path = directory.file("socket")
    address = "unix:path=\(path)"
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) }
    }
    guard result == 0, listen(listener, 4) == 0 else { throw TestSupportError("cannot listen at \(path)") }
    Thread.detachNewThread { [self] in serve() }
  }

  func stop() {
    isStopped.store(true, ordering: .relaxed)
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve() {
    while !isStopped.load(ordering: .relaxed) {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      if answers.silence == .complete { continue }
      converse(connection)
    }
  }

  private func converse(_ connection: Int32) {
    var bus: OpaquePointer?
    sd_bus_new(&bus)
    sd_bus_set_fd(bus, connection, connection)
    sd_bus_set_server(bus, 1, sd_id128_t())
    guard sd_bus_start(bus) >= 0 else { return }
    while !isStopped.load(ordering: .relaxed) {
      var message: OpaquePointer?
      let result = sd_bus_process(bus, &message)
      if let message, answers.silence == .none { answer(message, on: bus) }
      sd_bus_message_unref(message)
      if result < 0 { break }
      if result == 0 { sd_bus_wait(bus, 100_000) }
    }
    sd_bus_unref(bus)
  }

  private func answer(_ call: OpaquePointer, on bus: OpaquePointer?) {
    guard let member = sd_bus_message_get_member(call).map({ String(cString: $0) }) else { return }
    var reply: OpaquePointer?
    defer { sd_bus_message_unref(reply) }
    sd_bus_message_new_method_return(call, &reply)
    if let list = answers.lists[member] {
      sd_bus_message_open_container(reply, character("a"), "(\(list.types))")
      for row in list.rows {
        sd_bus_message_open_container(reply, character("r"), list.types)
        for (type, value) in zip(list.types.unicodeScalars, row) { append(value, type, to: reply) }
        sd_bus_message_close_container(reply)
      }
      sd_bus_message_close_container(reply)
    } else if member == "Get", let (type, value) = property(call) {
      sd_bus_message_open_container(reply, character("v"), String(type))
      append(value, type, to: reply)
      sd_bus_message_close_container(reply)
    } else {
      sd_bus_reply_method_errno(call, ENOENT, nil)
      return
    }
    sd_bus_send(bus, reply, nil)
  }

  private func property(_ call: OpaquePointer) -> (Unicode.Scalar, Value)? {
    var (interface, name): (UnsafePointer<CChar>?, UnsafePointer<CChar>?)
    sd_bus_message_read_basic(call, character("s"), &interface)
    sd_bus_message_read_basic(call, character("s"), &name)
    guard let interface, let name, let path = sd_bus_message_get_path(call) else { return nil }
    let key = [path, interface, name].map { String(cString: $0) }.joined(separator: "/")
    guard let value = answers.properties[key] else { return nil }
    switch value {
    case .text: return ("s", value)
    case .number32: return ("u", value)
    case .number64: return ("t", value)
    case .flag: return ("b", value)
    }
  }

  private func append(_ value: Value, _ type: Unicode.Scalar, to message: OpaquePointer?) {
    switch value {
    case .text(let text): _ = text.withCString { sd_bus_message_append_basic(message, character(type), $0) }
    case .number32(var number): sd_bus_message_append_basic(message, character(type), &number)
    case .number64(var number): sd_bus_message_append_basic(message, character(type), &number)
    case .flag(let flag):
      var number: Int32 = flag ? 1 : 0
      sd_bus_message_append_basic(message, character(type), &number)
    }
  }

  private func character(_ scalar: Unicode.Scalar) -> CChar { CChar(truncatingIfNeeded: scalar.value) }
}
