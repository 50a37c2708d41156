import Alerts
import Catalog
import MetricModel
import PromQL
import Topology

extension MLService {
  static let reading = Row(
    id: 100, "Lectura de facturas (OCR)",
    [
      Panel(
        id: 1, "OCR processing time (P50/P95/P99)",
        description: """
          Cuánto tarda leer una factura, de los bytes a los campos. Si sube el P50, falta procesador; si sube sólo el \
          P99, llegan documentos raros o enormes.
          """,
        .timeSeries, unit: .seconds,
        queries: [
          Query(seconds(0.5), legend: "P50"), Query(seconds(0.95), legend: "P95"), Query(seconds(0.99), legend: "P99"),
        ], waitsFor: .negocio),
      Panel(
        id: 2, "OCR timeout events por hora",
        description: """
          Facturas abandonadas en la última hora porque leerlas tardó más que su límite. Con más de 10 durante 10 \
          minutos suena OCRTimeoutSpike.
          """,
        .timeSeries, unit: .perHour, decimals: 0,
        thresholds: [Threshold(.ocrTimeoutSpike, at: Objectives.ocrTimeoutsPerHour, .red)],
        queries: [Query(sum(increase(OCR.timeouts[1.h])), legend: "timeouts")], waitsFor: .negocio),
    ])

  private static func seconds(_ quantile: Double) -> InstantVector {
    histogramQuantile(quantile, sum(rate(OCR.duration[.rateInterval])))
  }
}
