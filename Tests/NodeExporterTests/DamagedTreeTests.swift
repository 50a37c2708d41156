import ExporterKit
import Glibc
import Telemetry
import TestSupport
import Testing

@testable import NodeExporter

/// Every collector on trees whose files are cut, altered, gone or folders: it may fail, it may say less, it may not
/// crash. Which collectors read a file is found out by taking it away.
@Suite("Damaged trees", .serialized, .timeLimit(.minutes(5)))
struct DamagedTreeTests {
  private static let alterationsPerFile = 40
  /// Files are cut at every byte up to here, and then at every 7th.
  private static let denseBytes = 160

  /// What a parser may stumble over.
  private static let words = [
    "", "-", "-1", "18446744073709551615", "18446744073709551616", "9223372036854775807", "1e999", "nan", "0x", "\u{0}",
    " ", "\n", "\n\n\n", ":", "::", "(", ")", "=", ",", "é", "\t\t\t", "4294967296", "99999999999999999999999999",
  ]

  /// One for all cases, which follow one another and leave it whole.
  private static let shared = Result { try ProcfsTree(DamageTree.files) }

  private struct Reader {
    let name: String
    let collector: any NodeCollector
  }

  private static func readers() throws -> [Reader] {
    let flags = NodeExporterApplication.types.flatMap { $0.flags }
    let known = Set(flags.map(\.name))
    let arguments = DamageTree.arguments.filter { known.contains(DamageTree.flagName($0)) }
    let values = try FlagValues(arguments, flags: flags, environment: [:])
    return try NodeExporterApplication.types.map { type in
      let collector = try type.init(values)
      return Reader(name: collector.name, collector: collector)
    }
  }

  /// What it says, or that it failed.
  private static func outcome(_ reader: Reader, _ tree: ProcfsTree) -> [String: Double] {
    // The time is another at each reading.
    (try? tree.read(reader.collector))?.filter { $0.key != "node_time_seconds" } ?? ["failed": 1]
  }

  @Test("the trees that are damaged are whole to begin with")
  func whole() throws {
    let tree = try Self.shared.get()
    for reader in try Self.readers() where DamageTree.collectors.contains(reader.name) {
      #expect(!Self.outcome(reader, tree).isEmpty && Self.outcome(reader, tree)["failed"] == nil, "\(reader.name)")
    }
  }

  @Test("no collector crashes, whatever a file holds", arguments: DamageTree.files.keys.sorted())
  func damaged(file: String) async throws {
    let text = try #require(DamageTree.files[file])
    let tree = try Self.shared.get()
    let readers = try Self.readers().filter { DamageTree.collectors.contains($0.name) }
    let path = tree.directory.file(file)
    let whole = readers.map { Self.outcome($0, tree) }
    unlink(path)
    let affected = zip(readers, whole).filter { Self.outcome($0.0, tree) != $0.1 }.map(\.0)
    try #require(!affected.isEmpty, "no collector reads \(file)")
    mkdir(path, 0o700)
    for reader in affected { _ = Self.outcome(reader, tree) }
    rmdir(path)

    var random = SeededGenerator(for: "damage to \(file)")
    let bytes = Array(text.utf8)
    var damages: [[UInt8]] = (0..<bytes.count).filter { $0 < Self.denseBytes || $0 % 7 == 0 }.map {
      Array(bytes.prefix($0))
    }
    for _ in 0..<Self.alterationsPerFile { damages.append(Self.altered(bytes, &random)) }
    for (number, damage) in damages.enumerated() {
      // Where this crashes, the file is left as it was.
      try Self.write(damage, to: path)
      for reader in affected { _ = Self.outcome(reader, tree) }
      if number % 4 == 0 { await Task.yield() }
    }

    try Self.write(bytes, to: path)
    for reader in affected {
      let again = Self.outcome(reader, tree)
      #expect(again["failed"] == nil, "\(reader.name) does not recover; seed \(random.seed)")
    }
  }

  private static func altered(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let position = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0 where position < bytes.count: bytes[position] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 1:
        let end = min(bytes.count, position + Int.random(in: 0...20, using: &random))
        bytes.removeSubrange(position..<end)
      case 2:
        let end = min(bytes.count, position + Int.random(in: 0...40, using: &random))
        bytes.insert(contentsOf: bytes[position..<end], at: position)
      default:
        bytes.insert(contentsOf: (words.randomElement(using: &random) ?? "").utf8, at: position)
      }
    }
    return bytes
  }

  /// Without emptying the file first, which would have the disk write it out.
  private static func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_CREAT | O_WRONLY, 0o600)
    defer { close(file) }
    try #require(file >= 0 && pwrite(file, bytes, bytes.count, 0) == bytes.count)
    try #require(ftruncate(file, off_t(bytes.count)) == 0)
  }
}
