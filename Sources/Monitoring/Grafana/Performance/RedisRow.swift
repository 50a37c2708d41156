import Alerts
import Catalog
import MetricModel
import PromQL

extension Performance {
  static let redis = Row(
    id: 400, "Redis",
    [
      Panel(
        id: 23, "Redis cache hit rate %",
        description: """
          Parte de las búsquedas recientes que encontró su clave. Por debajo de 70 % durante 15 minutos suena \
          CacheHitRateLow: la base hace el trabajo de la caché. Sin búsquedas no hay línea.
          """,
        width: 8, .timeSeries, unit: .percent, scale: 0...100, base: .red,
        thresholds: [Threshold(.cacheHitRateLow, at: Objectives.cacheHitRatio, times: 100, .green)],
        queries: [Query(100 * hits / (hits + misses), legend: .label(.instance))], alerts: [.redisDown]),
      Panel(
        id: 24, "Redis clients y keys activos",
        description: """
          Clientes conectados y bloqueados (izquierda) y claves guardadas (derecha). Clientes que suben sin parar: \
          alguien abre conexiones y no las cierra.
          """,
        width: 8, .timeSeries, unit: .count, decimals: 0,
        queries: [
          Query(sum(RedisInstance.Clients.connectedClients), legend: "clientes"),
          Query(sum(RedisInstance.Clients.blockedClients), legend: "bloqueados"),
          Query(sum(RedisInstance.Keyspace.keys), legend: "claves", look: .init(color: .purple, isOnRight: true)),
        ]),
      Panel(
        id: 25, "Memoria de Redis",
        description: """
          Memoria usada por los datos, la del proceso y el máximo (línea cortada; cero es sin límite). Al llegar al \
          máximo empieza a expulsar claves.
          """,
        width: 8, .timeSeries, unit: .bytes,
        queries: [
          Query(sum(RedisInstance.Memory.memoryUsedBytes), legend: "datos"),
          Query(sum(RedisInstance.Memory.memoryUsedRSSBytes), legend: "proceso"),
          Query(sum(RedisInstance.Memory.memoryMaxBytes), legend: "máximo", look: .limit),
        ]),
      Panel(
        id: 26, "Claves expulsadas y vencidas",
        description: "Claves por segundo. Vencer es normal; expulsar quiere decir que falta memoria.",
        .timeSeries, unit: .operationsPerSecond,
        queries: [
          Query(
            sum(rate(RedisInstance.Stats.evictedKeysTotal[.rateInterval])), legend: "expulsadas",
            look: .init(color: .red)),
          Query(
            sum(rate(RedisInstance.Stats.expiredKeysTotal[.rateInterval])), legend: "vencidas",
            look: .init(color: .blue)),
        ]),
      Panel(
        id: 27, "Comandos por segundo",
        description: "Comandos que ejecuta Redis. Un pico sin más pedidos es una consulta en un bucle.",
        .timeSeries, unit: .operationsPerSecond,
        queries: [
          Query(
            sum(rate(RedisInstance.Stats.commandsProcessedTotal[.rateInterval]), by: .instance),
            legend: .label(.instance))
        ]),
    ])

  private static let hits = sum(rate(RedisInstance.Stats.keyspaceHitsTotal[.rateInterval]), by: .instance)
  private static let misses = sum(rate(RedisInstance.Stats.keyspaceMissesTotal[.rateInterval]), by: .instance)
}
