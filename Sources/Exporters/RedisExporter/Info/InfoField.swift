import ExporterKit
import MetricModel

/// A field of INFO that is a family of its own.
struct InfoField: Sendable {
  /// As the server writes it.
  let name: String
  let family: FamilyDescriptor
  /// Of the server's unit to ours.
  let divisor: Double

  init<K: ScalarKind>(_ name: String, _ family: Family<K, NoLabels>, divisor: Double = 1) {
    self.name = name
    self.family = family.descriptor
    self.divisor = divisor
  }

  /// What every section of INFO, `CLUSTER INFO` and Tile38's `SERVER` can have.
  static let all: [InfoField] =
    server + clients + memory + persistence + stats + replication + processor + cluster + modules + tile38
}

/// Finds fields by their names' bytes: an open table, so that a line of INFO costs one pass over its name and, mostly,
/// one comparison.
struct InfoTable: Sendable {
  private let slots: [Int16]
  private let names: [[UInt8]]
  private let fields: [InfoField]

  init(_ fields: [InfoField]) {
    self.fields = fields
    names = fields.map { Array($0.name.utf8) }
    // At most a quarter full.
    var size = 16
    while size < fields.count * 4 { size *= 2 }
    var slots = [Int16](repeating: -1, count: size)
    for (number, name) in names.enumerated() {
      var slot = Int(name.withUnsafeBytes { Bytes($0).hash }) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int16(truncatingIfNeeded: number)
    }
    self.slots = slots
  }

  subscript(name: Bytes) -> InfoField? {
    var slot = Int(name.hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if name == names[number] { return fields[number] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
