import Synchronization

/// The identifiers of the last events that were handled. Writers repeat an event within seconds, so that a bounded
/// memory is enough; the group's is in Redis beside the stream, so that it outlives the process.
///
/// What it cannot know: an event whose handler had finished when the process died before saying so. A handler whose
/// effect must not happen twice keeps the event's identifier in the transaction of the effect.
package final class RecentEvents: Sendable {
  package static let defaultCapacity = 20_000

  private struct State {
    var ids: Set<Int64> = []
    /// In order of arrival, as a ring once it is full.
    var ring: [Int64] = []
    var next = 0
  }

  package let capacity: Int
  private let state = Mutex(State())

  package init(capacity: Int = defaultCapacity) { self.capacity = max(1, capacity) }

  package func contains(_ id: Int64) -> Bool { state.withLock { $0.ids.contains(id) } }

  /// - Returns: false where it was there.
  @discardableResult
  package func insert(_ id: Int64) -> Bool {
    state.withLock { state in
      guard state.ids.insert(id).inserted else { return false }
      guard state.ring.count == capacity else {
        state.ring.append(id)
        return true
      }
      state.ids.remove(state.ring[state.next])
      state.ring[state.next] = id
      state.next = (state.next + 1) % capacity
      return true
    }
  }
}
