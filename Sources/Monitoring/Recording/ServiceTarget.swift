import Catalog
import PromQL

/// A promise of the guide about a level, not about events: what is recorded is whether it is kept, and the share of the
/// last 30 days in which it was. No alert burns on it: a budget of 30 % (hits) or 10 % (accuracy) cannot be spent at
/// 14.4 times its speed, since more than everything would have to be bad, and timeouts per hour are a count without a
/// whole that it is a share of. CacheHitRateLow, OCRTimeoutSpike and MLModelDrift watch the same levels by themselves.
package struct ServiceTarget: Sendable {
  package let name: String
  /// For panels, in Spanish.
  package let title: String
  /// 1 while it is kept, 0 while it is not; nothing where nothing is measured.
  package let met: Recording
  /// Share of the time with a measurement in which it was kept.
  package let compliance: Recording

  package init(
    _ name: String, _ title: String, measured: InstantVector, kept: (InstantVector) -> InstantVector,
    fileID: String = #fileID
  ) {
    self.name = name
    self.title = title
    met = Recording(
      "job:slo_\(name):met", "1 mientras se cumple: \(title).", of: (kept(measured) * 0 + 1).or(measured * 0),
      fileID: fileID)
    let window = ServiceLevel.window
    compliance = Recording(
      "job:slo_\(name):met_avg\(window.text)", "Parte de los últimos 30 días en que se cumplió: \(title).",
      of: avgOverTime(met[window]), evaluated: .slowly, fileID: fileID)
  }

  package var recordings: [Recording] { [met, compliance] }
}

/// The service levels of the guide without a budget.
package enum ServiceTargets {
  /// Share of Redis' lookups that find their key.
  package static let cacheHitRatio = 0.7
  /// Lookups per second below which a hit rate says nothing: PostgreSQL does not notice so few.
  package static let minimumCacheLookupRate = 1.0
  /// How many invoices may be given up in an hour.
  package static let ocrTimeoutsPerHour = 10.0
  /// Of a hundred: how well prices must be foretold.
  package static let priceAccuracyPercent = 90.0

  package static let cacheHits = ServiceTarget(
    "cache_hits", "más del 70 % de las búsquedas en la caché encuentran su clave",
    measured: sum(rate(RedisInstance.Stats.keyspaceHitsTotal[5.m]), by: .job)
      / (sum(rate(RedisInstance.Stats.keyspaceHitsTotal[5.m]), by: .job)
        + sum(rate(RedisInstance.Stats.keyspaceMissesTotal[5.m]), by: .job) > Scalar(minimumCacheLookupRate))
  ) { $0 > Scalar(cacheHitRatio) }

  package static let ocrTimeouts = ServiceTarget(
    "ocr_timeouts", "menos de 10 lecturas de facturas abandonadas por hora",
    measured: sum(increase(OCR.timeouts[1.h]), by: .job)
  ) { $0 < Scalar(ocrTimeoutsPerHour) }

  /// Of prices alone: nobody foretells the demand of a day so well.
  package static let accuracy = ServiceTarget(
    "ml_accuracy", "más del 90 % de precisión en los precios",
    measured: min(ML.accuracy(\.self, .is(.precio)), by: .job)
  ) { $0 > Scalar(priceAccuracyPercent) }

  package static let all = [cacheHits, ocrTimeouts, accuracy]
}
