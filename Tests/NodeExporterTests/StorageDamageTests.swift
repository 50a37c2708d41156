import ExporterKit
import MetricModel
import Telemetry
import Testing

@testable import NodeExporter

/// Every collector of storage on trees that are damaged at random: files cut, bytes flipped, copied and swapped for
/// others, files and folders gone, folders where files should be. Whatever comes out, nothing crashes, and what is
/// exported can be written on a page.
@Suite("Storage: damage")
struct StorageDamageTests {
  private static let rounds = 60
  private static let filesPerRound = 8

  @Test("no damage crashes a collector, or makes it export what no page takes")
  func damage() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("storage damage: seed \(seed)")
    var damage = StorageDamage(seed: seed)
    let flags = try flagValues(["--collector.bcache.priorityStats"], of: BcacheCollector.flags)
    let collectors = try NodeExporterApplication.types.map { type in
      try type == BcacheCollector.self ? type.init(flags) : type.init(.none)
    }
    let tree = try StorageTree(StorageSamples.files)
    let files = StorageSamples.files.sorted { $0.key < $1.key }
    for _ in 0..<Self.rounds {
      let chosen = (0..<Self.filesPerRound).map { _ in files[damage.below(files.count)] }
      for (path, text) in chosen { try damage.write(text, to: path, in: tree) }
      for collector in collectors {
        guard let batch = try? tree.batch(collector) else { continue }
        for family in batch.families {
          #expect(Lint.isMetricName(family.descriptor.name), "seed \(seed): \(family.descriptor.name)")
          for sample in family.samples {
            let names = sample.ownLabelNames ?? family.descriptor.labelNames
            #expect(sample.labelValues.count == names.count, "seed \(seed)")
          }
        }
      }
      for (path, text) in chosen {
        tree.remove(path)
        try tree.write(text, to: path)
      }
    }
  }

  @Test("whole, the same trees give series to every collector")
  func canary() throws {
    let tree = try StorageTree(StorageSamples.files)
    for type in NodeExporterApplication.types {
      let collector = try type.init(.none)
      guard StorageSamples.collectors.contains(collector.name) else { continue }
      #expect(try tree.batch(collector).seriesCount > 0, "\(collector.name)")
    }
  }
}

/// The same seed gives the same damage.
struct StorageDamage {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64: https://prng.di.unimi.it/splitmix64.c
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  mutating func write(_ text: String, to path: String, in tree: StorageTree) throws {
    tree.remove(path)
    switch below(8) {
    case 0: return
    case 1: try tree.write("", to: path + "/")
    case 2, 3, 4: try tree.write(String(decoding: damaged(Array(text.utf8)), as: UTF8.self), to: path)
    default: try tree.write(text, to: path)
    }
  }

  private mutating func damaged(_ whole: [UInt8]) -> [UInt8] {
    var bytes = whole
    for _ in 0...below(6) where !bytes.isEmpty {
      let index = below(bytes.count)
      switch below(7) {
      case 0: bytes.removeSubrange(index...)
      case 1: bytes[index] ^= 1 << UInt8(below(8))
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(contentsOf: bytes[index...].prefix(below(40)), at: below(bytes.count))
      case 4: bytes[index] = Array("\0 \n\t-:./%[](),=\"\\9x")[below(19)].asciiValue ?? 0
      case 5: bytes.insert(contentsOf: Array("99999999999999999999".utf8), at: index)
      default: bytes.removeSubrange(index..<min(bytes.count, index + below(30)))
      }
    }
    return bytes
  }
}
