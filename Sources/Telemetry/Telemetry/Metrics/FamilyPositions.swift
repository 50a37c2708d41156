import MetricModel

/// Where each family of a batch stands, by its name: a table with open addressing, at most half full.
struct FamilyPositions {
  private static let firstSlots = 16

  private var slots: [Int32] = []
  private var count = 0

  /// - Parameter families: those that are in the table, at their positions.
  /// - Returns: the position of the family of this name; where there is none, that of the next, and it is noted.
  mutating func find(_ family: FamilyDescriptor, among families: [SampleBatch.Reading]) -> Int {
    if (count + 1) * 2 > slots.count { grow(families) }
    let slot = slot(of: family, among: families)
    if slots[slot] < 0 {
      slots[slot] = Int32(truncatingIfNeeded: families.count)
      count += 1
    }
    return Int(slots[slot])
  }

  /// - Returns: the slot of the family, or the free one where it belongs.
  private func slot(of family: FamilyDescriptor, among families: [SampleBatch.Reading]) -> Int {
    let mask = slots.count - 1
    var slot = family.nameHash & mask
    while slots[slot] >= 0, families[Int(slots[slot])].descriptor != family { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow(_ families: [SampleBatch.Reading]) {
    let noted = slots.filter { $0 >= 0 }
    slots = [Int32](repeating: -1, count: max(Self.firstSlots, slots.count * 4))
    for position in noted { slots[slot(of: families[Int(position)].descriptor, among: families)] = position }
  }
}
