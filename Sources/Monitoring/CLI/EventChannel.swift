import Glibc

/// The two pipes between supervisord and its listener. Blocking: nothing else runs in this process.
struct EventChannel {
  let input: Int32
  let output: Int32

  /// The next event, after saying that it is wanted; nil when supervisord closed its end.
  func next() throws(SupervisorProtocolError) -> SupervisorEvent? {
    try send("READY\n")
    guard let line = try line() else { return nil }
    let (name, payloadBytes) = try SupervisorEvent.header(line)
    var payload: [UInt8] = []
    while payload.count < payloadBytes {
      guard let byte = byte() else { return nil }
      payload.append(byte)
    }
    return SupervisorEvent(name: name, payload: String(decoding: payload, as: UTF8.self))
  }

  /// Never a refusal: supervisord would send the event again, and it would be counted twice.
  func acknowledge() throws(SupervisorProtocolError) { try send("RESULT 2\nOK") }

  private func line() throws(SupervisorProtocolError) -> String? {
    var bytes: [UInt8] = []
    while let byte = byte() {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      guard bytes.count < SupervisorEvent.maximumHeaderBytes else {
        throw SupervisorProtocolError(description: "a header past \(SupervisorEvent.maximumHeaderBytes) bytes")
      }
      bytes.append(byte)
    }
    return nil
  }

  /// One call a byte: a few hundred in an event, and an event is rare. Nothing past the event is taken from the pipe.
  private func byte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = read(input, &byte, 1)
      if count == 1 { return byte }
      if count == 0 || errno != EINTR { return nil }
    }
  }

  private func send(_ text: String) throws(SupervisorProtocolError) {
    guard FileBytes.write(Array(text.utf8), to: output) else {
      throw SupervisorProtocolError(description: "cannot write to supervisord: errno \(errno)")
    }
  }
}

/// write(2) until all is written.
enum FileBytes {
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The file whole or as it was: whoever reads it, reads a finished one.
  /// - Returns: nil, or the errno of what failed.
  static func replace(_ path: String, with text: String) -> Int32? {
    let fresh = path + ".new"
    let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return errno }
    var failure: Int32? = write(Array(text.utf8), to: descriptor) ? nil : errno
    // A file system may say only here that it is full.
    if close(descriptor) != 0, failure == nil { failure = errno }
    if failure == nil, rename(fresh, path) != 0 { failure = errno }
    if failure != nil { unlink(fresh) }
    return failure
  }
}
