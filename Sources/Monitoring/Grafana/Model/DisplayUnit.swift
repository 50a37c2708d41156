/// Grafana's identifier of a unit (grafana/grafana `packages/grafana-data/src/valueFormats/categories.ts`).
package enum DisplayUnit: String, Sendable {
  /// Words, or nothing to count.
  case none
  /// A number, shortened past a thousand.
  case count = "short"
  case requestsPerSecond = "reqps"
  case operationsPerSecond = "ops"
  case perMinute = "opm"
  case perHour = "suffix:/h"
  /// 0 to 100.
  case percent
  /// 0 to 1.
  case ratio = "percentunit"
  case milliseconds = "ms"
  case seconds = "s"
  /// Multiples of 1024.
  case bytes
  /// Multiples of 1000, as disks and networks are sold.
  case bytesPerSecond = "Bps"
  case pesos = "currency:$"
}
