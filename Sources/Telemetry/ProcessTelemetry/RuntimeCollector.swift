import Catalog
import Telemetry

/// `runtime_malloc_*`, `runtime_context_switches_total` and `runtime_page_faults_total`.
package struct RuntimeCollector: Collector {
  private let malloc = MallocReader()

  package init() {}

  package func collect(into batch: inout SampleBatch) {
    let malloc = malloc.read()
    batch.add(Runtime.mallocArena, malloc.arenaBytes)
    batch.add(Runtime.mallocInUse, malloc.inUseBytes)
    batch.add(Runtime.mallocFree, malloc.freeBytes)
    batch.add(Runtime.mallocMapped, malloc.mappedBytes)
    let usage = UsageStatistics.read()
    batch.add(Runtime.contextSwitches, .voluntary, usage.voluntaryContextSwitches)
    batch.add(Runtime.contextSwitches, .involuntary, usage.involuntaryContextSwitches)
    batch.add(Runtime.pageFaults, .minor, usage.minorPageFaults)
    batch.add(Runtime.pageFaults, .major, usage.majorPageFaults)
  }
}
