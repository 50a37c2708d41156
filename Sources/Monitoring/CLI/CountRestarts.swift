import ArgumentParser
import Foundation

/// `observability count-restarts`: supervisord's event listener of the local engine. It keeps `process_restarts_total` in
/// a text file for node-exporter, and goes on from that file when it starts. Costs nothing between two events.
///
/// A file that cannot be written (a full disk) is said once and tried again at the next event, of which one comes every
/// minute; the count itself goes on. supervisord waits for none of this: it keeps events until they are asked for.
struct CountRestarts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count-restarts",
    abstract: "Count restarts for node-exporter, as an event listener of supervisord (PROCESS_STATE_STARTING, TICK_60)."
  )

  @Option(help: "The text file, in node-exporter's textfile directory.")
  var file: String

  @Argument(help: "The programs to count; others are ignored.")
  var programs: [String]

  func validate() throws {
    for program in programs where program.contains(where: { $0 == "\"" || $0 == "\\" || $0.isNewline }) {
      throw ValidationError("“\(program)” is no name of a program: it has a quote, a backslash or a line end")
    }
  }

  func run() throws {
    var count = RestartCount(of: programs, after: (try? String(contentsOfFile: file, encoding: .utf8)) ?? "")
    var failure = write(count, after: nil)
    let channel = EventChannel(input: STDIN_FILENO, output: STDOUT_FILENO)
    while let event = try channel.next() {
      if count.add(event) || failure != nil { failure = write(count, after: failure) }
      try channel.acknowledge()
    }
  }

  /// - Parameter before: how the last attempt failed.
  /// - Returns: how this one did.
  private func write(_ count: RestartCount, after before: Int32?) -> Int32? {
    let failure = FileBytes.replace(file, with: count.text)
    if let failure, failure != before {
      say("cannot write \(file): \(String(cString: strerror(failure))); the count goes on, tried again every minute")
    } else if failure == nil, before != nil {
      say("\(file) is written again")
    }
    return failure
  }

  /// Standard output is supervisord's.
  private func say(_ message: String) {
    try? FileHandle.standardError.write(contentsOf: Data("\(message)\n".utf8))
  }
}
