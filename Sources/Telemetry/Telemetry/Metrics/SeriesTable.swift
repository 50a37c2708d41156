import MetricModel
import Synchronization

/// Which slots of a family are exposed, and how their labels read.
///
/// A family of up to `maximumCountFromStart` series is exposed whole from the start, so that the first error is
/// never lost; a larger one shows the series that were touched or asked for with `expose`. What a page showed once,
/// all later ones show.
final class SeriesTable<L: ClosedLabelSet>: Sendable {
  static var maximumCountFromStart: Int { 32 }

  private let names: [String]
  private let state = Mutex<State>(State())
  private let exposesAll = L.count <= maximumCountFromStart

  /// The table keeps the labels as long as it is there.
  typealias Series = (slot: Int, labels: Unmanaged<SeriesLabels>)

  private struct State {
    var asked: Set<Int> = []
    /// By slot.
    var isExposed = [Bool](repeating: false, count: L.count)
    /// In slot order.
    var series: [Series] = []
    var labels: [SeriesLabels] = []
  }

  init(names: [String]) { self.names = names }

  func expose(_ slot: Int) { state.withLock { _ = $0.asked.insert(slot) } }

  /// The series to expose, in slot order.
  func exposed(isTouched: (Int) -> Bool) -> [Series] {
    state.withLock { state in
      guard state.series.count < L.count else { return state.series }
      var isSorted = true
      for slot in 0..<L.count where !state.isExposed[slot] {
        guard exposesAll || state.asked.contains(slot) || isTouched(slot), let values = L.labelValues(at: slot) else {
          continue
        }
        state.isExposed[slot] = true
        isSorted = isSorted && (state.series.last?.slot ?? -1) < slot
        let labels = SeriesLabels(names: names, values: values)
        state.labels.append(labels)
        state.series.append((slot, labels.unretained))
      }
      if !isSorted { state.series.sort { $0.slot < $1.slot } }
      return state.series
    }
  }
}
