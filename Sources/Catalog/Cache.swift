import MetricModel

/// What services keep in Redis so as not to find it again.
package enum Cache {
  package static let requests = Family<Counter, CacheLabels>(
    "cache_requests_total", "Questions to a cache, by what became of them.",
    use: .notNeeded("read by hand when a report is slow"))

  package static let all = [requests.descriptor]
}

package enum CacheName: ClosedLabel {
  /// Reports of agente-deposito.
  case reportes
  package static let labelName = "cache"
  @inlinable package static var count: Int { 1 }
}

package enum CacheResult: ClosedLabel {
  case hit, miss
  /// Somebody in this process was finding it at that moment.
  case shared
  /// The cache was not asked: it is away, or does not know yet of a change that this process made.
  case bypass
  package static let labelName = "result"
  @inlinable package static var count: Int { 4 }
}

package struct CacheLabels: CompositeLabels {
  package let cache: CacheName
  package let result: CacheResult
  @inlinable package var shape: Pair<CacheName, CacheResult> { Pair(cache, result) }
  package init(cache: CacheName, result: CacheResult) {
    self.cache = cache
    self.result = result
  }
}
