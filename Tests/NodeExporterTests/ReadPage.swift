import ExporterKit
import MetricModel
import Telemetry

@testable import NodeExporter

/// What one reading of a collector puts on a page, series by series, as the text format writes them.
struct ReadPage {
  let text: String
  /// `name{label="value"}` without the value.
  let series: [String: Double]

  init(_ collector: some NodeCollector, _ host: NodeHost) throws {
    var batch = SampleBatch()
    try collector.read(host, into: &batch)
    self.init(batch)
  }

  init(_ batch: SampleBatch) {
    text = String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self)
    var series: [String: Double] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let space = line.lastIndex(of: " ") else { continue }
      series[String(line[..<space])] = Double(line[line.index(after: space)...])
    }
    self.series = series
  }

  subscript(_ name: String) -> Double? { series[name] }

  /// Of the names that begin so.
  func names(_ prefix: String) -> [String] { series.keys.filter { $0.hasPrefix(prefix) }.sorted() }
}

extension FlagValues {
  /// As a command line gives them.
  static func given(_ arguments: String..., of type: any NodeCollector.Type) throws -> FlagValues {
    try FlagValues(arguments, flags: type.flags, environment: [:])
  }
}

/// Damage as disks, races and other programs do it: cut, doubled, overwritten. The same seed gives the same.
struct Damage {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func number(below bound: Int) -> Int {
    // xorshift64*: https://www.jstatsoft.org/article/view/v008i14
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % max(bound, 1)
  }

  mutating func damaged(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0...number(below: 4) where !bytes.isEmpty {
      let at = number(below: bytes.count)
      switch number(below: 5) {
      case 0: bytes.removeSubrange(at...)
      case 1: bytes.remove(at: at)
      case 2: bytes[at] = UInt8(number(below: 256))
      case 3: bytes.insert(contentsOf: bytes.prefix(at), at: at)
      default:
        bytes.insert(contentsOf: Array("\"{}\\\n 99999999999999999999-,:\0".utf8.prefix(number(below: 30))), at: at)
      }
    }
    return bytes
  }
}
