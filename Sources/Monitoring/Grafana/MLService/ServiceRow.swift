import Catalog
import MetricModel
import PromQL
import Topology

extension MLService {
  static let service = Row(
    id: 300, "Servicio",
    [
      Panel(
        id: 8, "Predictions & cache performance",
        description: """
          Predicciones por segundo de cada modelo (izquierda) y qué parte salió de la caché (derecha). Si la caché cae \
          y las predicciones suben, espera más latencia y más CPU.
          """,
        .timeSeries, unit: .operationsPerSecond,
        queries: [
          Query(
            sum(rate(ML.predictions(\.model, .isOneOf(.model))[.rateInterval]), by: model), legend: .label(model)),
          Query(cacheHits, legend: "de la caché", look: .init(unit: .percent, color: .purple, isOnRight: true)),
        ], waitsFor: .ml),
      Panel(
        id: 9, "Tiempo de una predicción (P95)",
        description: "El 95 % de las predicciones de cada modelo tarda menos. Preocupate por encima de 100 ms.",
        .timeSeries, unit: .seconds, thresholds: [Threshold(from: 0.1, .yellow)],
        queries: [
          Query(
            histogramQuantile(
              0.95, sum(rate(ML.predictionDuration(\.self, .isOneOf(.model))[.rateInterval]), by: model)),
            legend: .label(model))
        ], waitsFor: .ml),
      Panel(
        id: 10, "ML/OCR errors por minuto",
        description: """
          Predicciones, entrenamientos y lecturas que fallaron, por motivo. «dependency»: la base u otro servicio; \
          «data» y «unreadable»: lo que nos mandan; «crash» y «model»: nosotros.
          """,
        .bars, unit: .perMinute, decimals: 1,
        queries: [
          Query(
            60 * sum(rate(ML.errors[.rateInterval]), by: LabelName(MLErrorReason.self)),
            legend: "ML: \(LabelName(MLErrorReason.self))"),
          Query(
            60 * sum(rate(OCR.errors[.rateInterval]), by: LabelName(OCRErrorReason.self)),
            legend: "OCR: \(LabelName(OCRErrorReason.self))"),
        ], waitsFor: .ml),
      Panel(
        id: 11, "CPU/Memory del servicio ML",
        description: """
          Procesador (izquierda, 100 % es un núcleo entero) y memoria residente (derecha) de cada réplica. Memoria que \
          sube tras cada entrenamiento y no baja: una fuga.
          """,
        .timeSeries, unit: .percent,
        queries: [
          Query(
            100 * sum(rate(Process.cpu(.job, .is(Job.ml))[.rateInterval]), by: .instance), legend: "CPU \(.instance)"),
          Query(
            sum(Process.residentMemory(.job, .is(Job.ml)), by: .instance), legend: "memoria \(.instance)",
            look: .init(unit: .bytes, isOnRight: true)),
        ], alerts: [.cpuHigh, .memoryPressure], waitsFor: .ml),
      Panel(
        id: 12, "Logs de errores del servicio ML y del OCR",
        description: "Las líneas de nivel error y critical de ml-service y de agente-negocio, la más nueva arriba.",
        width: 24, height: 10, .logs, unit: .none,
        logs: LogQuery(of: .isOneOf([Job.ml, Job.negocio]), levels: [.error, .critical])),
    ])

  private static let model = LabelName(ModelName.self)

  /// Without predictions there is no share.
  private static let cacheHits =
    100 * sum(rate(ML.cacheHits[.rateInterval]))
    / (sum(rate(ML.cacheHits[.rateInterval])) + sum(rate(ML.cacheMisses[.rateInterval])))
}
