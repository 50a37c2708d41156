/// Which mounts are asked, late and asked again. It does no IO.
struct MountProbeState {
  typealias Key = MountProbes.Key
  typealias Answer = MountProbes.Answer

  /// What one scrape wants to know.
  struct Survey {
    let number: Int
    /// To be asked without waiting for them.
    let background: [Key]
    /// Nobody is to be waited for.
    let isOver: Bool
  }

  private struct Entry {
    /// A thread waits for its answer since then.
    var asked: ContinuousClock.Instant?
    /// Of the survey that runs.
    var answer: Answer?
    /// How often it was late since it last answered in time.
    var lateness = 0
    var retry: ContinuousClock.Instant?
  }

  private var entries: [Key: Entry] = [:]
  private var survey = 0
  private var queue: [Key] = []
  /// Of the survey: asked, or to be asked, without an answer so far.
  private var open: Set<Key> = []
  private(set) var threads = 0

  mutating func begin(_ keys: [Key], at now: ContinuousClock.Instant) -> Survey {
    let wanted = Set(keys)
    // What is unmounted and still hangs stays until its thread is back.
    entries = entries.filter { wanted.contains($0.key) || $0.value.asked != nil }
    survey &+= 1
    var background: [Key] = []
    queue = []
    for key in keys {
      let entry = entries[key, default: Entry()]
      entries[key, default: Entry()].answer = nil
      if entry.asked != nil { continue }
      if entry.lateness == 0 {
        queue.append(key)
      } else if entry.retry.map({ $0 <= now }) ?? true {
        background.append(key)
      }
    }
    open = Set(queue)
    queue.reverse()
    return Survey(number: survey, background: background, isOver: queue.isEmpty)
  }

  func isRunning(_ number: Int) -> Bool { number == survey && !open.isEmpty }

  /// The next mount that a thread of the survey asks.
  mutating func take(of number: Int, at now: ContinuousClock.Instant) -> Key? {
    guard number == survey, let key = queue.popLast() else { return nil }
    entries[key, default: Entry()].asked = now
    return key
  }

  /// - Returns: false where another thread asks it already.
  mutating func take(_ key: Key, at now: ContinuousClock.Instant) -> Bool {
    guard entries[key, default: Entry()].asked == nil else { return false }
    entries[key, default: Entry()].asked = now
    return true
  }

  mutating func receive(_ answer: Answer, of key: Key, at now: ContinuousClock.Instant, wait: Duration) {
    guard var entry = entries[key], let asked = entry.asked else { return }
    entry.asked = nil
    if open.remove(key) != nil || now - asked <= wait {
      entry.answer = answer
      entry.lateness = 0
      entry.retry = nil
    } else {
      entry.lateness += 1
      let seconds = MountProbes.firstRetrySeconds << min(entry.lateness - 1, 16)
      entry.retry = now + .seconds(min(seconds, MountProbes.maximumRetrySeconds))
    }
    entries[key] = entry
  }

  /// What is not answered by now is late; what no thread came to is not known to be.
  mutating func end(_ survey: Survey, _ keys: [Key], at now: ContinuousClock.Instant) -> [Answer] {
    let answers = keys.map { entries[$0]?.answer ?? .failure(.timeout) }
    for key in open where entries[key]?.asked != nil { entries[key]?.lateness = 1 }
    queue = []
    open = []
    return answers
  }

  mutating func startThread(limit: Int) -> Bool {
    guard threads < limit else { return false }
    threads += 1
    return true
  }

  mutating func endThread() { threads -= 1 }
}
