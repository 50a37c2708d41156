import Foundation
import Telemetry
import TelemetryLoki
import TestSupport
import Testing

/// Spill files that a disk or a power cut damaged: what is before the damage is sent, what can be known to be lost is
/// counted, nothing crashes or hangs.
@Suite("Damaged spill files", .timeLimit(.minutes(2)))
struct DamageTests {
  private static let count = 3

  /// The bytes of a segment with three records.
  private static func segment() throws -> [UInt8] {
    let (hole, directory) = (try FreePorts.blackHole(), try TemporaryDirectory("loki"))
    let sink = LokiSink(try .test("http://127.0.0.1:\(hole.port)", directory: directory.path), Reports())
    sink.write(Numbered.records(0..<count, padding: 3))
    sink.finish(withinSeconds: 0)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: directory.file("loki-00000001.spill"))))
  }

  /// Where each frame begins, and the end: written from the format's text.
  private static func frameStarts(_ bytes: [UInt8]) -> [Int] {
    func word(_ offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) } }
    var starts = [16 + word(12)]
    while let last = starts.last, last < bytes.count { starts.append(last + 16 + word(last + 8)) }
    return starts
  }

  /// What arrives of a directory with these files.
  private func replay(_ files: [[UInt8]], to receiver: StrictReceiver) async throws -> (arrived: [Int], lost: Int) {
    let (directory, reports) = (try TemporaryDirectory("loki"), Reports())
    for (index, bytes) in files.enumerated() {
      try Data(bytes).write(to: URL(fileURLWithPath: directory.file("loki-0000000\(index + 1).spill")))
    }
    receiver.configure { $0.judge = Judge() }
    let sink = LokiSink(try .test(receiver.url, directory: directory.path), reports)
    sink.finish()
    #expect(receiver.violations == [])
    #expect(reports.dropped() == reports.dropped(.damaged))
    return (try Numbered.arrived(receiver.entries), reports.dropped(.damaged))
  }

  @Test("cut off anywhere: the whole records before the cut arrive, and a torn one counts as one")
  func truncated() async throws {
    let (bytes, receiver) = (try Self.segment(), try StrictReceiver())
    let starts = Self.frameStarts(bytes)
    try #require(starts.count == Self.count + 1)
    for end in 0...bytes.count {
      let whole = starts.dropFirst().count { $0 <= end }
      let isTorn = end > 0 && !starts.contains(end)
      let (arrived, lost) = try await replay([Array(bytes[..<end])], to: receiver)
      #expect(arrived == Array(0..<whole), "cut at \(end)")
      #expect(lost == (isTorn ? 1 : 0), "cut at \(end)")
    }
  }

  @Test("one changed byte anywhere costs the record that it is in, and no other")
  func flipped() async throws {
    let (bytes, receiver) = (try Self.segment(), try StrictReceiver())
    var generator = SeededGenerator(for: "one changed byte")
    let starts = Self.frameStarts(bytes)
    for offset in bytes.indices {
      var damaged = bytes
      damaged[offset] ^= UInt8.random(in: 1...255, using: &generator)
      let hit = starts.lastIndex { $0 <= offset }
      let (arrived, lost) = try await replay([damaged], to: receiver)
      #expect(arrived == (0..<Self.count).filter { $0 != hit }, "byte \(offset), seed \(generator.seed)")
      #expect(lost == (hit == nil ? 0 : 1), "byte \(offset), seed \(generator.seed)")
    }
  }

  @Test("any bytes: what is before the damage arrives, and the other files do")
  func random() async throws {
    let (bytes, receiver) = (try Self.segment(), try StrictReceiver())
    var generator = SeededGenerator(for: "any bytes in a spill file")
    let starts = Self.frameStarts(bytes)
    for _ in 0..<80 {
      var damaged = bytes
      var first = bytes.count
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: 0...damaged.count, using: &generator)
        first = min(first, place)
        let noise = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
        let end = min(damaged.count, place + Int.random(in: 0...40, using: &generator))
        damaged.replaceSubrange(place..<end, with: noise)
      }
      let whole = starts.dropFirst().count { $0 <= first }
      let (arrived, _) = try await replay([damaged, bytes], to: receiver)
      #expect(Set(arrived).isSuperset(of: 0..<whole), "seed \(generator.seed)")
      #expect(Set(arrived).isSuperset(of: 0..<Self.count), "the second file, seed \(generator.seed)")
    }
  }

  @Test("a lost stretch is counted by the sequence of what follows")
  func gap() async throws {
    let (bytes, receiver) = (try Self.segment(), try StrictReceiver())
    let starts = Self.frameStarts(bytes)
    var damaged = bytes
    damaged.replaceSubrange(starts[0]..<starts[2], with: [UInt8](repeating: 0, count: 64))
    let (arrived, lost) = try await replay([damaged], to: receiver)
    #expect(arrived == [2])
    #expect(lost == 2)
  }

  @Test("a file that is removed or cut while it waits loses its records, counted, and no others")
  func removedWhileWaiting() async throws {
    let (receiver, directory, reports) = (try StrictReceiver(), try TemporaryDirectory("loki"), Reports())
    receiver.set(.answer(500))
    var configuration = try LokiConfiguration.test(receiver.url, directory: directory.path)
    configuration.limits.maximumSpillBytes = 64 << 10
    let sink = LokiSink(configuration, reports)
    sink.write(Numbered.records(0..<200))
    let total = sink.statistics.spillRecords
    try #require(total == 200)
    try FileManager.default.removeItem(atPath: directory.file("loki-00000001.spill"))
    receiver.set(.accept)
    try await eventually("the rest") { sink.statistics.spillRecords == 0 }
    sink.finish()
    let arrived = try Numbered.arrived(receiver.entries)
    #expect(arrived.count + reports.dropped(.damaged) == 200)
    #expect(arrived.count > 100 && arrived.last == 199)
    // The file can be gone only after it was read once: its records may have been in flight.
    #expect(reports.dropped() == reports.dropped(.damaged))
  }
}
