import MetricModel
import Telemetry
import Testing

@Suite("SampleBatch")
struct SampleBatchTests {
  @Test("thousands of families keep their order, and each finds its samples again, whoever declares it")
  func many() {
    let count = 5_000
    func family(_ index: Int) -> FamilyDescriptor { FamilyDescriptor(name: "f\(index)", help: "F.", kind: .gauge) }
    var batch = SampleBatch()
    for index in 0..<count { batch.add(family(index), labelValues: [], Double(index)) }
    for index in (0..<count).reversed() { batch.add(family(index), labelValues: [], Double(-index)) }
    #expect(batch.families.count == count && batch.seriesCount == 2 * count)
    for (index, reading) in batch.families.enumerated() {
      #expect(reading.descriptor.name == "f\(index)")
      #expect(reading.samples.map(\.value) == [Double(index), Double(-index)])
    }
  }

  @Test("what is appended joins the family of its name")
  func append() {
    let (first, second) = (Family<Gauge, NoLabels>("first", "1."), Family<Gauge, NoLabels>("second", "2."))
    var (batch, other) = (SampleBatch(), SampleBatch())
    batch.add(first, 1)
    batch.add(second, 2)
    other.add(Family<Gauge, NoLabels>("third", "3."), 3)
    other.add(first, 4)
    batch.append(other)
    #expect(batch.families.map(\.descriptor.name) == ["first", "second", "third"])
    #expect(batch.families.map { $0.samples.map(\.value) } == [[1, 4], [2], [3]])
  }

  @Test("of what was left out nothing is found again")
  func filtered() {
    var batch = SampleBatch()
    for name in ["a", "b", "c"] {
      batch.add(FamilyDescriptor(name: name, help: "X.", kind: .gauge), labelValues: [], 1)
    }
    var chosen = batch.filtered { $0.name != "b" }
    chosen.add(FamilyDescriptor(name: "c", help: "X.", kind: .gauge), labelValues: [], 2)
    chosen.add(FamilyDescriptor(name: "b", help: "X.", kind: .gauge), labelValues: [], 3)
    #expect(chosen.families.map(\.descriptor.name) == ["a", "c", "b"])
    #expect(chosen.families.map { $0.samples.map(\.value) } == [[1], [1, 2], [3]])
  }
}
