import Catalog
import Foundation
import Grafana
import PromQL
import Topology

@testable import Preview

/// A dashboard of every style, and data for it that nobody had to measure.
enum Gallery {
  /// 2026-11-28, 12:00 in Buenos Aires.
  static let end = 1_795_878_000
  static let range = ShownRange(end: end, length: 1.h)

  static let dashboard = Dashboard(
    uid: "galeria", title: "Galería", description: "Un panel de cada estilo.",
    rows: [
      Row(
        id: 100, "Valores",
        [
          panel(
            1, "Salud", .stat, width: 12, height: 4, unit: .none,
            mappings: [ValueMapping(0, as: "DOWN", .red), ValueMapping(1, as: "UP", .green)]),
          panel(2, "Stock crítico", .stat, width: 4, height: 4, unit: .count, thresholds: [Threshold(from: 50, .red)]),
          panel(
            3, "Disco", .gauge, width: 8, height: 4, unit: .percent, scale: 0...100,
            thresholds: [Threshold(from: 70, .yellow), Threshold(from: 90, .red)]),
          panel(
            4, "Memoria por proceso", .barGauge, height: 6, unit: .bytes,
            thresholds: [Threshold(from: 200 * 1024 * 1024, .orange)]),
          panel(5, "Productos por categoría", .pieChart, height: 6, unit: .count),
        ]),
      Row(
        id: 200, "En el tiempo",
        [
          panel(
            6, "Latencia P95", .timeSeries, unit: .milliseconds,
            thresholds: [Threshold(from: 200, .yellow), Threshold(from: 300, .red)]),
          panel(7, "Pedidos por segundo", .stackedAreas, unit: .requestsPerSecond),
          panel(8, "Órdenes por hora", .bars, unit: .perHour),
          panel(
            9, "Estado de los servicios", .stateTimeline, unit: .none,
            mappings: [ValueMapping(0, as: "DOWN", .red), ValueMapping(1, as: "UP", .green)]),
        ]),
      Row(
        id: 300, "Palabras",
        [
          panel(
            10, "Alertas activas",
            .table([.label(.job, title: "Servicio"), .label(.instance, title: "Réplica"), .value(title: "Desde hace")]),
            height: 6, unit: .seconds),
          panel(11, "Deriva", .timeSeries, width: 6, height: 6, unit: .none, waitsFor: .ml),
          panel(12, "Registros", .logs, width: 6, height: 6, unit: .none, logs: LogQuery(of: .is(Job.deposito))),
          panel(13, "Ayuda", .text("## Leeme\nMirá **primero** el [runbook](http://x)."), height: 4, unit: .none),
        ]),
    ])

  static func panel(
    _ id: Int, _ title: String, _ style: Panel.Style, width: Int = 12, height: Int = 8, unit: DisplayUnit,
    scale: ClosedRange<Double>? = nil, thresholds: [Threshold] = [], mappings: [ValueMapping] = [],
    look: Query.Look = Query.Look(), logs: LogQuery? = nil, waitsFor: PlannedService? = nil
  ) -> Panel {
    let isAsking = if case .text = style { false } else { logs == nil }
    return Panel(
      id: id, title, description: "Una descripción.", width: width, height: height, style, unit: unit, scale: scale,
      thresholds: thresholds, mappings: mappings,
      queries: isAsking ? [Query(Prometheus.up, legend: .label(.job), look: look)] : [], logs: logs,
      waitsFor: waitsFor)
  }

  static var data: [Int: PanelData] {
    let jobs = ["agente_deposito", "agente_negocio", "ml_service", "dashboard"]
    var all: [Int: PanelData] = [:]
    func set(_ id: Int, _ series: [QueriedSeries]) {
      guard let panel = dashboard.panels.first(where: { $0.id == id }), let query = panel.queries.first else { return }
      all[id] = PanelData([.init(query: query, expression: "up", series: series)])
    }
    set(1, zip(jobs, [1.0, 1, 0, 1]).map { now(["job": $0], $1) })
    set(2, [now(["job": "agente_negocio"], 63)])
    set(3, zip(["/", "/datos"], [41.5, 93]).map { now(["job": $0], $1) })
    set(4, zip(jobs, [61e6, 130e6, 412e6, 23e6]).map { now(["job": $0], $1) })
    set(5, zip(["bebidas", "almacén", "lácteos", "limpieza"], [420.0, 310, 95, 41]).map { now(["job": $0], $1) })
    set(6, jobs.enumerated().map { index, job in wave(["job": job], around: 60 + 55 * Double(index), by: 40) })
    set(7, jobs.enumerated().map { index, job in wave(["job": job], around: 8 - 1.5 * Double(index), by: 2) })
    set(8, [wave(["job": "ordenes"], around: 12, by: 10)])
    set(
      9,
      jobs.enumerated().map { index, job in
        points(["job": job], moments.map { index == 2 && (90...130).contains($0 % 240) ? 0 : 1 })
      })
    set(10, zip(jobs, [90.0, 4000, 12, 86_400]).map { now(["job": $0, "instance": "10.0.0.7:8001"], $1) })
    set(11, [])
    return all
  }

  private static let moments = Array(0...240)

  static func now(_ labels: [String: String], _ value: Double) -> QueriedSeries {
    QueriedSeries(labels: labels, points: [.init(seconds: Double(end), value: value)])
  }

  /// One value a step, from the start of the range.
  static func points(_ labels: [String: String], _ values: [Double]) -> QueriedSeries {
    QueriedSeries(
      labels: labels,
      points: values.enumerated().map {
        .init(seconds: Double(range.start + $0.offset * range.step.seconds), value: $0.element)
      })
  }

  private static func wave(_ labels: [String: String], around middle: Double, by height: Double) -> QueriedSeries {
    points(labels, moments.map { middle + height * sin(Double($0) / 17 + middle) * cos(Double($0) / 5) })
  }
}
