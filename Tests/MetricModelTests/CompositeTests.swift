import Catalog
import MetricModel
import Testing

/// Mixed-radix arithmetic: every combination of labels has one slot, every slot one combination.
@Suite("Composite labels")
struct CompositeTests {
  @Test("a pair's slots are a bijection, whichever side is larger")
  func pairs() {
    checkPair(ThreeCases.self, FiveCases.self)
    checkPair(FiveCases.self, ThreeCases.self)
    checkPair(OneCase.self, FiveCases.self)
    checkPair(FiveCases.self, OneCase.self)
    checkPair(MovementType.self, MovementOutcome.self)
    checkPair(SinkLabel.self, DropReason.self)
  }

  private func checkPair<A: ClosedLabel, B: ClosedLabel>(_: A.Type, _: B.Type) {
    #expect(Pair<A, B>.labelNames == [A.labelName, B.labelName])
    #expect(Pair<A, B>.count == A.allCases.count * B.allCases.count)
    var slots: [Int] = []
    for a in A.allCases {
      for b in B.allCases {
        let pair = Pair(a, b)
        slots.append(pair.slot)
        #expect(pair.labelValues == [a.labelValue, b.labelValue])
        #expect(Pair<A, B>.labelValues(at: pair.slot) == pair.labelValues)
      }
    }
    #expect(slots.sorted() == Array(0..<Pair<A, B>.count))
    #expect(Pair<A, B>.labelValues(at: Pair<A, B>.count) == nil)
  }

  @Test("a triple's slots are a bijection")
  func triples() {
    typealias Labels = Triple<ThreeCases, OneCase, FiveCases>
    #expect(Labels.labelNames == ["three", "one", "five"])
    var seen: [Int: [String]] = [:]
    for first in ThreeCases.allCases {
      for second in OneCase.allCases {
        for third in FiveCases.allCases {
          let labels = Labels(first, second, third)
          #expect(labels.labelValues == [first.labelValue, second.labelValue, third.labelValue])
          #expect(seen.updateValue(labels.labelValues, forKey: labels.slot) == nil)
        }
      }
    }
    #expect(seen.keys.sorted() == Array(0..<15))
    #expect(Labels.count == 15)
    for (slot, values) in seen { #expect(Labels.labelValues(at: slot) == values) }
    #expect(Labels.labelValues(at: 15) == nil)
  }

  @Test("labels with names of their own count as their shape does")
  func named() {
    let labels = MovementLabels(type: .salida, outcome: .fallido)
    let shape = Pair(MovementType.salida, MovementOutcome.fallido)
    #expect(labels.slot == shape.slot)
    #expect(labels.labelValues == ["SALIDA", "fallido"])
    #expect(MovementLabels.count == 12)
    #expect(MovementLabels.labelValues(at: labels.slot) == labels.labelValues)
  }

  @Test("a family without labels has one series")
  func noLabels() {
    #expect(NoLabels.count == 1)
    #expect(NoLabels().slot == 0)
    #expect(NoLabels().labelValues.isEmpty)
    #expect(NoLabels.labelValues(at: 0)?.isEmpty == true)
    #expect(NoLabels.labelValues(at: 1) == nil)
  }
}
