import Catalog
import MetricModel
import PromQL

extension Performance {
  static let postgres = Row(
    id: 300, "PostgreSQL",
    [
      Panel(
        id: 13, "PostgreSQL connections activas vs max",
        description: """
          Conexiones por estado, y cuántas admite el servidor (línea cortada). Si se acercan, los servicios empiezan a \
          contestar 503. «idle in transaction» que no baja: alguien se olvidó de cerrar una transacción.
          """,
        .stackedAreas, unit: .count, decimals: 0,
        queries: [
          Query(sum(PG.StatActivity.count, by: state), legend: .label(state)),
          Query(max(PG.Settings.maxConnections), legend: "máximo", look: .limit),
        ], alerts: [.databaseDown]),
      Panel(
        id: 14, "Transacciones por segundo",
        description: "Confirmadas y deshechas. Muchas deshechas: errores o conflictos que los servicios reintentan.",
        width: 6, .timeSeries, unit: .operationsPerSecond,
        queries: [
          Query(perSecond(PG.StatDatabase.xactCommit), legend: "confirmadas", look: .init(color: .green)),
          Query(perSecond(PG.StatDatabase.xactRollback), legend: "deshechas", look: .init(color: .red)),
        ]),
      Panel(
        id: 15, "Aciertos de la memoria de PostgreSQL %",
        description: "Parte de los bloques que ya estaban en memoria. Por debajo de 95 %, la base lee del disco.",
        width: 6, .timeSeries, unit: .percent, base: .orange, thresholds: [Threshold(from: 95, .green)],
        queries: [
          Query(
            100 * perSecond(PG.StatDatabase.blksHit)
              / (perSecond(PG.StatDatabase.blksHit) + perSecond(PG.StatDatabase.blksRead)), legend: "en memoria")
        ]),
      Panel(
        id: 16, "Bloqueos por tipo",
        description:
          "Bloqueos tomados o esperados. AccessExclusive que dura frena a todos: una migración o un VACUUM FULL.",
        width: 8, .stackedAreas, unit: .count, decimals: 0,
        queries: [
          Query(sum(PG.Locks.count, by: LabelName(PG.LockMode.self)), legend: .label(LabelName(PG.LockMode.self)))
        ]),
      Panel(
        id: 17, "Deadlocks por hora",
        description: "Transacciones que PostgreSQL abortó porque se esperaban entre sí. Lo normal es cero.",
        width: 8, .bars, unit: .perHour, decimals: 0,
        queries: [
          Query(sum(increase(PG.StatDatabase.deadlocks[1.h]), by: database), legend: .label(database))
        ]),
      Panel(
        id: 20, "Transacción más larga",
        description: """
          Hace cuánto que está abierta la transacción más vieja de cada estado. Por encima de unos minutos frena la \
          limpieza y los bloqueos se acumulan.
          """,
        width: 8, .timeSeries, unit: .seconds, thresholds: [Threshold(from: 300, .yellow)],
        queries: [Query(max(PG.StatActivity.maxTxDuration, by: state), legend: .label(state))]),
      Panel(
        id: 18, "Tamaño de cada base",
        description:
          "Bytes en disco, con hasta 30 segundos de atraso. Mirá la pendiente: dice cuándo se llena el disco.",
        .timeSeries, unit: .bytes,
        queries: [Query(max(PG.DatabaseSize.bytes, by: database), legend: .label(database))]),
      Panel(
        id: 19, "Atraso de la réplica",
        description: "Segundos que una réplica está detrás del servidor principal; en el principal es cero.",
        .timeSeries, unit: .seconds,
        queries: [Query(max(PG.Replication.lagSeconds, by: .instance), legend: .label(.instance))]),
    ])

  private static let state = LabelName(PG.SessionState.self)
  private static let database = LabelName(DatabaseName.self)

  private static func perSecond(_ family: Family<Counter, DatabaseLabels>) -> InstantVector {
    sum(rate(family[.rateInterval]))
  }
}
