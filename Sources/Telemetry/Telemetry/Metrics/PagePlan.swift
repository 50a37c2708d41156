import MetricModel

/// The families of a page, in their order and without those that are in conflict. As long as a process has the same
/// families from scrape to scrape, which is nearly always, a page costs a comparison instead of a sort.
final class PagePlan: Sendable {
  private let format: ExpositionFormat
  /// Those of the instruments, then those of the batch.
  private let families: [FamilyDescriptor]
  /// Of text formats alone.
  let heads: [FamilyHead]
  /// Places in `families`, by name.
  let order: [Int]
  /// Names of the families that are left out.
  let refused: [String]

  /// - Parameter instruments: what the instruments' families write.
  init(
    _ instruments: [any Exposable], _ readings: [SampleBatch.Reading], _ format: ExpositionFormat,
    instruments names: PageNames
  ) {
    var (names, order, refused) = (names, Array(instruments.indices), [String]())
    names.expect(families: readings.count)
    for (index, reading) in readings.enumerated() {
      if names.claim(reading.descriptor) {
        order.append(instruments.count + index)
      } else {
        refused.append(reading.descriptor.name)
      }
    }
    let families = instruments.map(\.descriptor) + readings.map(\.descriptor)
    self.format = format
    self.families = families
    self.refused = refused
    self.order = order.sorted { families[$0].name < families[$1].name }
    heads = format.kind == .protobuf ? [] : families.map { FamilyHead($0, format) }
  }

  func fits(_ instruments: [any Exposable], _ readings: [SampleBatch.Reading], _ format: ExpositionFormat) -> Bool {
    guard format == self.format, families.count == instruments.count + readings.count else { return false }
    for (index, instrument) in instruments.enumerated() {
      guard families[index].isDeclared(as: instrument.descriptor) else { return false }
    }
    for index in readings.indices {
      guard families[instruments.count + index].isDeclared(as: readings[index].descriptor) else { return false }
    }
    return true
  }
}
