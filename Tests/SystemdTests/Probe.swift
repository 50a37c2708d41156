import Foundation
import TestSupport

/// A running `systemd-probe` that a test speaks with, line by line. It ends with its input.
final class Probe: Sendable {
  private let process = Process()
  private let input = Pipe()
  private let lines: AsyncStream<String>

  /// - Parameter command: what starts the probe, whose verb is the last word.
  init(_ command: [String]) throws {
    let output = Pipe()
    let (stream, continuation) = AsyncStream<String>.makeStream()
    lines = stream
    process.executableURL = URL(fileURLWithPath: command.first ?? "")
    process.arguments = Array(command.dropFirst())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let reader = Thread {
      var pending = Data()
      while true {
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { return continuation.finish() }
        pending += data
        while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
          continuation.yield(String(decoding: pending[..<end], as: UTF8.self))
          pending = Data(pending[(end + 1)...])
        }
      }
    }
    reader.start()
  }

  deinit { try? input.fileHandleForWriting.close() }

  func say(_ line: String) throws { try input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8)) }

  /// The next line that the probe prints.
  func hear() async throws -> String {
    for await line in lines { return line }
    throw TestSupportError("the probe ended")
  }
}
