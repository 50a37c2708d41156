import MetricModel

/// Every family of the platform, in one list, so that it can be tested as a list: unique, linted, exported, used.
package enum Catalog {
  package static let all: [FamilyDescriptor] =
    HTTP.all + Process.all + Runtime.all + Logs.all + LokiPush.all + Pool.all + Cache.all + Deposito.all + Outbox.all
    + EventConsumption.all + ExporterSelf.all + PG.all + Host.all + RedisInstance.all + Negocio.all + OCR.all + ML.all
    + Supervisor.all + Prometheus.all + Alertmanager.all + Prometheus.Scrapes.all
}
