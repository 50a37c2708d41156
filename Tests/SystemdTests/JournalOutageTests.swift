import Foundation
import Systemd
import TestSupport
import Testing

@Suite("Journal: outages", .timeLimit(.minutes(1)))
struct JournalOutageTests {
  private static func batch(_ messages: String...) throws -> String {
    try JournalTests.line(messages.map { JournalTests.record($0) })
  }

  @Test("a machine without journald is an error, and so is a dead journald; the sink recovers by itself")
  func outages() async throws {
    let machine = try await JournalMachine()
    let probe = try Probe(machine.inside([try Binaries.path(of: "systemd-probe"), "records"]))
    try probe.say(Self.batch("none 1", "none 2"))
    let socket = "write to /run/systemd/journal/socket:"
    #expect(try await probe.hear() == "\(socket) 2 of 2 records lost: No such file or directory")

    let first = try await machine.startJournald()
    try probe.say(Self.batch("first 1", "first 2"))
    #expect(try await probe.hear() == "sent")
    #expect(try await machine.entries().map { $0["MESSAGE"] } == ["first 1", "first 2"])

    try await first.killTree()
    try probe.say(Self.batch("dead 1", "dead 2", "dead 3"))
    #expect(try await probe.hear() == "\(socket) 3 of 3 records lost: Connection refused")

    let second = try await machine.startJournald()
    try probe.say(Self.batch("second"))
    #expect(try await probe.hear() == "sent")
    #expect(try await machine.entries().map { $0["MESSAGE"] } == ["first 1", "first 2", "second"])

    try await machine.removeSocket()
    try probe.say(Self.batch("removed"))
    #expect(try await probe.hear() == "\(socket) 1 of 1 records lost: No such file or directory")
    try await second.stop()
  }

  @Test("through the pipeline every record is in the journal or counted as dropped")
  func counted() async throws {
    let machine = try await JournalMachine()
    let probe = try Probe(machine.inside([try Binaries.path(of: "systemd-probe"), "pipeline"]))
    let first = try await machine.startJournald()
    for number in 0..<5 { try probe.say("first \(number)") }
    while try await machine.entries().count < 5 { try await Task.sleep(for: .milliseconds(5)) }
    try await first.killTree()
    for number in 0..<3 { try probe.say("dead \(number)") }
    for _ in 0..<3 { #expect(try await probe.hear() == "dropped") }
    let second = try await machine.startJournald()
    for number in 0..<2 { try probe.say("second \(number)") }
    while try await machine.entries().count < 7 { try await Task.sleep(for: .milliseconds(5)) }
    let expected = (0..<5).map { "first \($0)" } + (0..<2).map { "second \($0)" }
    #expect(try await machine.entries().map { $0["MESSAGE"] } == expected)
    try await second.stop()
  }

  @Test("an output is known to be journald's by its device and inode")
  func stream() throws {
    let directory = try TemporaryDirectory("journal")
    let (file, other) = (try directory.write("", to: "file"), try directory.write("", to: "other"))
    let opened = [open(file, O_RDONLY | O_CLOEXEC), open(other, O_RDONLY | O_CLOEXEC)]
    defer { for descriptor in opened { close(descriptor) } }
    var status = stat()
    try #require(stat(file, &status) == 0)
    let stream = try #require(JournalStream("\(status.st_dev):\(status.st_ino)"))
    #expect(stream.isBehind(descriptor: opened[0]))
    #expect(!stream.isBehind(descriptor: opened[1]))
    #expect(!stream.isBehind(descriptor: -1))
  }

  @Test("what is no JOURNAL_STREAM is none", arguments: [nil, "", "9", "9:", ":9", "a:9", "9:9:9", "-1:9"])
  func noStream(variable: String?) {
    #expect(JournalStream(variable) == nil)
  }
}
