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
  package static let cacheHits = ServiceTarget(
    "cache_hits", "más del 70 % de las búsquedas en la caché encuentran su clave",
    measured: sum(rate(RedisInstance.Stats.keyspaceHitsTotal[5.m]), by: .job)
      / (sum(rate(RedisInstance.Stats.keyspaceHitsTotal[5.m]), by: .job)
        + sum(rate(RedisInstance.Stats.keyspaceMissesTotal[5.m]), by: .job) > Scalar(minimumLookupRate))
  ) { $0 > 0.7 }

  package static let ocrTimeouts = ServiceTarget(
    "ocr_timeouts", "menos de 10 lecturas de facturas abandonadas por hora",
    measured: sum(increase(OCR.timeouts[1.h]), by: .job)
  ) { $0 < 10 }

  /// The least accurate model counts.
  package static let accuracy = ServiceTarget(
    "ml_accuracy", "más del 90 % de precisión en cada modelo", measured: min(ML.accuracy, by: .job)
  ) { $0 > 90 }

  package static let all = [cacheHits, ocrTimeouts, accuracy]

  /// Lookups per second below which a hit rate says nothing.
  private static let minimumLookupRate = 1.0
}
