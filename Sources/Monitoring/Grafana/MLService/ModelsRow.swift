import Alerts
import Catalog
import MetricModel
import PromQL
import Topology

extension MLService {
  static let models = Row(
    id: 200, "Modelos",
    [
      Panel(
        id: 3, "Price prediction accuracy %",
        description: """
          Precisión de los precios pronosticados en la última ventana cerrada. El objetivo es 90 %: por debajo, \
          entrená de nuevo antes de confiar en las órdenes.
          """,
        width: 6, .gauge, unit: .percent, decimals: 1, scale: 0...100, base: .red,
        thresholds: [Threshold(from: Objectives.priceAccuracyPercent, .green)],
        queries: [Query(min(ML.accuracy(\.self, .is(.precio))), legend: "precios")], waitsFor: .ml),
      Panel(
        id: 4, "Precisión por modelo",
        description: """
          La precisión de cada modelo elegido en el tiempo. La demanda diaria no tiene objetivo: los mejores modelos \
          conocidos andan cerca del 60 %. Preocupate por una caída, no por el nivel.
          """,
        width: 9, .timeSeries, unit: .percent,
        queries: [Query(min(ML.accuracy(\.self, .isOneOf(.model)), by: model), legend: .label(model))], waitsFor: .ml),
      Panel(
        id: 5, "ML model drift score",
        description: """
          Cuánto se aparta lo que se le pregunta a cada modelo de aquello con lo que se entrenó (PSI). Por encima de \
          0,15 durante una hora suena MLModelDrift: hay que entrenar con datos nuevos.
          """,
        width: 9, .timeSeries, unit: .count, decimals: 2,
        thresholds: [Threshold(.mlModelDrift, at: Objectives.driftScore, .red)],
        queries: [Query(max(ML.drift(\.self, .isOneOf(.model)), by: model), legend: .label(model))], waitsFor: .ml),
      Panel(
        id: 6, "Distribución de modelos en uso",
        description:
          "Qué modelos respondieron las predicciones del período que se mira. Si falta uno, no está cargado.",
        .pieChart, unit: .count, decimals: 0,
        queries: [
          Query(
            sum(increase(ML.predictions(\.model, .isOneOf(.model))[.dashboardRange]), by: model),
            legend: .label(model))
        ], waitsFor: .ml),
      Panel(
        id: 7, "Versión de cada modelo",
        description: "La versión que usa cada réplica. Dos versiones de un modelo a la vez: un despliegue a medias.",
        .table([.label(model, title: "Modelo"), .label(version, title: "Versión"), .value(title: "Réplicas")]),
        unit: .count, queries: [Query(count(ML.version, by: model, version), legend: .label(model))], waitsFor: .ml),
    ])

  private static let model = LabelName(ModelName.self)
  private static let version = LabelName(ModelVersionLabels.Version.self)
}
