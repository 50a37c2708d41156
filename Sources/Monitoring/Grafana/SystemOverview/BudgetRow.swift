import Alerts
import PromQL
import Recording

extension SystemOverview {
  static let budget = Row(
    id: 400, "Presupuesto de error de los últimos 30 días",
    [
      Panel(
        id: 17, "Presupuesto de error que queda",
        description: """
          Cuánto de lo que puede salir mal en 30 días queda, por servicio y objetivo. Con menos de un cuarto, nada de \
          cambios riesgosos; bajo cero, el objetivo no se cumplió.
          """,
        height: 9, .barGauge, unit: .percent, decimals: 1, scale: 0...100, base: .red,
        thresholds: [Threshold(from: 0.01, .orange), Threshold(from: 25, .green)],
        queries: ServiceLevels.all.map { level in
          Query(
            100 * level.budgetLeft(.job, .isOneOf(.service)), legend: "\(.job) · \(level.title)",
            absentWhile: "en 30 días ningún servicio tuvo pedidos suficientes")
        }),
      Panel(
        id: 18, "Velocidad a la que se gasta",
        description: """
          Cuántas veces más rápido que lo permitido se gastó el presupuesto en la última hora. En 1 alcanza justo para \
          los 30 días; en 14,4 se va en dos días y alguien recibe una llamada.
          """,
        height: 9, .timeSeries, unit: .count,
        thresholds: [
          Threshold(from: BurnRate.slowest.factor, .yellow), Threshold(from: BurnRate.fast.factor, .orange),
          Threshold(from: BurnRate.fastest.factor, .red),
        ],
        queries: ServiceLevels.all.map { level in
          Query(
            level.badRatio(over: BurnRate.fastest.long)(.job, .isOneOf(.service)) / Scalar(level.budget),
            legend: "\(.job) · \(level.title)",
            absentWhile: "en la última hora ningún servicio tuvo pedidos suficientes")
        }, linksToLogs: true),
      Panel(
        id: 19, "Otros objetivos del último mes",
        description: """
          Parte de los últimos 30 días en que se cumplió cada objetivo que no tiene presupuesto. Preocupate si baja: \
          cada uno tiene su alerta para lo que pasa ahora.
          """,
        width: 24, height: 6, .barGauge, unit: .percent, decimals: 1, scale: 0...100, base: .orange,
        thresholds: [Threshold(from: 95, .green)],
        queries: ServiceTargets.all.map { target in
          Query(
            100 * min(target.compliance), legend: "\(target.title)",
            absentWhile: "nadie lo mide: falta el servicio, o la caché no se usa")
        }, alerts: [.cacheHitRateLow, .ocrTimeoutSpike]),
    ])
}
