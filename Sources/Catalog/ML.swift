import MetricModel

/// What ml-service will say of its models.
package enum ML {
  package static let calculatedInflation = Family<Gauge, NoLabels>(
    "ml_inflacion_calculada_percent", "Monthly inflation by our own prices, in percent.", use: .notYetExported)
  package static let baselineInflation = Family<Gauge, NoLabels>(
    "ml_inflacion_baseline_percent", "Monthly inflation as configured, in percent.", use: .notYetExported)
  package static let predictions = Family<Counter, PredictionLabels>(
    "ml_predictions_total", "Predictions made, by model and kind.", use: .notYetExported)
  package static let predictionDuration = Family<Histogram, ModelName>(
    "ml_prediction_duration_seconds", "Time to predict, by model.", unit: .seconds,
    bounds: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5], use: .notYetExported)
  package static let accuracy = Family<Gauge, ModelName>(
    "ml_prediction_accuracy_percent", "100 less the weighted error on the last closed window, by model.",
    use: .notYetExported)
  package static let drift = Family<Gauge, ModelName>(
    "ml_model_drift_score", "Population stability index of what a model is asked, against what it was trained on.",
    use: .notYetExported)
  package static let version = Family<Info, ModelVersionLabels>(
    "ml_model_version_info", "The version of each model in use.", use: .notYetExported)
  package static let cacheHits = Family<Counter, NoLabels>(
    "ml_cache_hits_total", "Predictions answered from the cache.", use: .notYetExported)
  package static let cacheMisses = Family<Counter, NoLabels>(
    "ml_cache_misses_total", "Predictions that had to be computed.", use: .notYetExported)
  package static let errors = Family<Counter, MLErrorReason>(
    "ml_errors_total", "Predictions and trainings that failed, by reason.", use: .notYetExported)

  package static let all = [
    calculatedInflation.descriptor, baselineInflation.descriptor, predictions.descriptor,
    predictionDuration.descriptor, accuracy.descriptor, drift.descriptor, version.descriptor, cacheHits.descriptor,
    cacheMisses.descriptor, errors.descriptor,
  ]
}

/// What is predicted; a closed set, since a drift or an accuracy is kept for each.
package enum ModelName: ClosedLabel {
  case demanda, precio, inflacion
  package static let labelName = "model_name"
  @inlinable package static var count: Int { 3 }
}

package enum PredictionKind: ClosedLabel {
  case single, batch
  package static let labelName = "kind"
  @inlinable package static var count: Int { 2 }
}

package struct PredictionLabels: CompositeLabels {
  package let model: ModelName
  package let kind: PredictionKind
  @inlinable package var shape: Pair<ModelName, PredictionKind> { Pair(model, kind) }
  package init(model: ModelName, kind: PredictionKind) {
    self.model = model
    self.kind = kind
  }
}

package struct ModelVersionLabels: LabelSet {
  package enum VersionKey: LabelKey { package static let name = "version" }
  package typealias Version = OpenValue<VersionKey>

  package static let labelNames = [ModelName.labelName, Version.labelName]
  package let labelValues: [String]
  package init(model: ModelName, version: String) { labelValues = [model.labelValue, version] }
}

package enum MLErrorReason: ClosedLabel {
  /// Fewer days of data than the model needs.
  case data
  /// The model is not trained, or its file cannot be read.
  case model
  /// The database or another service was away.
  case dependency
  case timeout
  package static let labelName = "reason"
  @inlinable package static var count: Int { 4 }
}
