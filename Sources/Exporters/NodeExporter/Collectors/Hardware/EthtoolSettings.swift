import ExporterKit

/// What a link can do and does: `struct ethtool_cmd` of linux/ethtool.h.
struct EthtoolSettings {
  let supported: Modes
  let advertised: Modes
  let autonegotiation: UInt8

  /// The first 32 of `enum ethtool_link_mode_bit_indices`.
  struct Modes {
    let bits: UInt64
    func has(_ bit: UInt64) -> Bool { bits >> bit & 1 == 1 }
  }

  /// nil for a short answer.
  init?(_ answer: Bytes) {
    guard answer.count >= 19 else { return nil }
    supported = Modes(bits: answer.littleEndian(at: 4, bytes: 4))
    advertised = Modes(bits: answer.littleEndian(at: 8, bytes: 4))
    autonegotiation = answer[18]
  }

  static let (autonegotiation, pause, asymmetricPause) = (UInt64(6), UInt64(13), UInt64(14))

  static let ports: [(name: String, bit: UInt64)] = [
    ("TP", 7), ("AUI", 8), ("MII", 9), ("FIBRE", 10), ("BNC", 11), ("Backplane", 16),
  ]

  static let modes: [(bit: UInt64, megabits: Int, duplex: String, medium: String)] = [
    (0, 10, "half", "T"), (1, 10, "full", "T"), (2, 100, "half", "T"), (3, 100, "full", "T"), (4, 1000, "half", "T"),
    (5, 1000, "full", "T"), (12, 10000, "full", "T"), (15, 2500, "full", "T"), (17, 1000, "full", "KX"),
    (18, 10000, "full", "KX4"), (19, 10000, "full", "KR"), (20, 10000, "full", "R_FEC"), (21, 20000, "full", "MLD2"),
    (22, 20000, "full", "KR2"), (23, 40000, "full", "KR4"), (24, 40000, "full", "CR4"), (25, 40000, "full", "SR4"),
    (26, 40000, "full", "LR4"), (27, 56000, "full", "KR4"), (28, 56000, "full", "CR4"), (29, 56000, "full", "SR4"),
    (30, 56000, "full", "LR4"), (31, 25000, "full", "CR"),
  ]
}

/// `struct ethtool_drvinfo`.
struct EthtoolDriver {
  let name: String
  let version: String
  let firmwareVersion: String
  let busInfo: String
  let expansionROMVersion: String
  let statisticsCount: Int

  static let bytes = 196
  static let stringBytes = 32

  /// nil for a short answer.
  init?(_ answer: Bytes) {
    guard answer.count >= Self.bytes else { return nil }
    func text(_ index: Int) -> String {
      let start = 4 + index * Self.stringBytes
      return answer.part(start..<start + Self.stringBytes).terminated
    }
    (name, version, firmwareVersion) = (text(0), text(1), text(2))
    (busInfo, expansionROMVersion) = (text(3), text(4))
    statisticsCount = Int(answer.littleEndian(at: 180, bytes: 4))
  }
}

/// What a driver answered; nil and nothing where it does not know the question.
struct EthtoolDevice {
  var settings: EthtoolSettings?
  var driver: EthtoolDriver?
  var statistics: [(name: String, value: UInt64)] = []

  /// - Parameters:
  ///   - names: `struct ethtool_gstrings`.
  ///   - values: `struct ethtool_stats`.
  static func statistics(_ names: Bytes, _ values: Bytes) -> [(name: String, value: UInt64)] {
    let (namesHead, valuesHead, width) = (12, 8, EthtoolDriver.stringBytes)
    let count = min(
      Int(names.littleEndian(at: 8, bytes: 4)), Int(values.littleEndian(at: 4, bytes: 4)),
      max(0, names.count - namesHead) / width, max(0, values.count - valuesHead) / 8)
    return (0..<count).map { index in
      let start = namesHead + index * width
      return (
        names.part(start..<start + width).terminated, values.littleEndian(at: valuesHead + index * 8, bytes: 8)
      )
    }
  }
}
