import MetricModel

/// What every process of ours says about its allocator, its threads and how late its work runs.
package enum Runtime {
  package static let mallocArena = Family<Gauge, NoLabels>(
    "runtime_malloc_arena_bytes", "Memory that the allocator's arenas took from the system.", unit: .bytes,
    use: whenSlow)
  package static let mallocInUse = Family<Gauge, NoLabels>(
    "runtime_malloc_in_use_bytes", "Memory of the arenas that is allocated.", unit: .bytes, use: whenSlow)
  package static let mallocFree = Family<Gauge, NoLabels>(
    "runtime_malloc_free_bytes", "Memory of the arenas that is free and kept.", unit: .bytes, use: whenSlow)
  package static let mallocMapped = Family<Gauge, NoLabels>(
    "runtime_malloc_mapped_bytes", "Memory of allocations that are large enough for a mapping of their own.",
    unit: .bytes, use: whenSlow)
  package static let contextSwitches = Family<Counter, ContextSwitchKind>(
    "runtime_context_switches_total", "Times that a thread gave the processor up or lost it.", use: whenSlow)
  package static let pageFaults = Family<Counter, PageFaultKind>(
    "runtime_page_faults_total", "Page faults; a major one waited for a disk.", use: whenSlow)
  package static let schedulingLag = Family<Histogram, ExecutorLabel>(
    "runtime_scheduling_lag_seconds", "How much later than asked for a timer's work ran.", unit: .seconds,
    bounds: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5], use: whenSlow)

  private static let whenSlow = FamilyUse.notNeeded("read by hand when a process is slow")

  package static let all = [
    mallocArena.descriptor, mallocInUse.descriptor, mallocFree.descriptor, mallocMapped.descriptor,
    contextSwitches.descriptor, pageFaults.descriptor, schedulingLag.descriptor,
  ]
}

package enum ContextSwitchKind: ClosedLabel {
  /// The thread waited for something.
  case voluntary
  /// Its time was over, or another thread went first.
  case involuntary
  package static let labelName = "kind"
  @inlinable package static var count: Int { 2 }
}

package enum PageFaultKind: ClosedLabel {
  case minor, major
  package static let labelName = "kind"
  @inlinable package static var count: Int { 2 }
}

/// What runs the work whose lag is measured.
package enum ExecutorLabel: ClosedLabel {
  /// SwiftNIO's.
  case eventLoop
  /// The pool of Swift's tasks.
  case cooperative
  package static let labelName = "executor"
  @inlinable package static var count: Int { 2 }
  package var labelValue: String { self == .eventLoop ? "event_loop" : caseName }
}
