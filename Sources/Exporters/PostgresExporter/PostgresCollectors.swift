import ExporterKit
import Logging

/// All collectors, in the order in which they run.
enum PostgresCollectors {
  /// The flags that collectors have beside `--collector.NAME`.
  static let flags: [Flag] =
    [
      disableDefaultMetrics, disableSettingsMetrics, StatUserTablesCollector.limitFlag,
      StatUserIndexesCollector.limitFlag, CustomQueries.pathFlag,
    ] + StatementFlags.all + formerNames.keys.sorted().compactMap { formerNames[$0] }

  private static let disableDefaultMetrics = Flag(
    "disable-default-metrics", .toggle, environment: ["PG_EXPORTER_DISABLE_DEFAULT_METRICS"],
    "Apaga los colectores que en postgres_exporter 0.11 eran las métricas de fábrica.")
  private static let disableSettingsMetrics = Flag(
    "disable-settings-metrics", .toggle, environment: ["PG_EXPORTER_DISABLE_SETTINGS_METRICS"],
    "Apaga el colector settings.")

  /// What `--disable-default-metrics` of postgres_exporter 0.11.1 turns off.
  private static let formerDefaults: Set<String> = [
    "locks", "replication_slots", "stat_activity", "stat_archiver", "stat_database", "stat_database_conflicts",
    "stat_replication",
  ]

  /// By the name of today: what a collector's flag was called before. It says the same as that of today, which counts
  /// where both are given.
  private static let formerNames = [
    // 0.11.1
    "stat_bgwriter": former("bgwriter", "stat_bgwriter"),
    // 0.12 to 0.19
    "replication_slots": former("replication_slot", "replication_slots"),
  ]

  private static func former(_ name: String, _ today: String) -> Flag {
    Flag("collector.\(name)", .toggle, default: "true", "Nombre anterior de --collector.\(today).")
  }

  /// The first decides whether the server is up.
  static func make(
    _ flags: FlagValues, once: OnceLog = OnceLog(Logger(label: "postgres-exporter"))
  ) throws -> [any PostgresCollector] {
    let tables = try flags.integer(StatUserTablesCollector.limitFlag, in: 1...LargestRelations.maximumRelations)
    let indexes = try flags.integer(StatUserIndexesCollector.limitFlag, in: 1...LargestRelations.maximumRelations)
    let statements = StatStatementsCollector(options: try StatementFlags.options(flags))
    let all: [any PostgresCollector] =
      server + databases + [
        StatUserTablesCollector(limit: tables, once: once), StatioUserTablesCollector(limit: tables),
        StatUserIndexesCollector(limit: indexes), StatioUserIndexesCollector(limit: indexes),
      ] + activity + [statements, SettingsCollector()]
    return all.filter { !isTurnedOff($0.name, flags) }
  }

  /// Those that run: the enabled ones of ours, and the operator's own queries, which replace those of ours that have
  /// the same families.
  static func enabled(_ options: ExporterOptions, logger: Logger) throws -> [any PostgresCollector] {
    let once = OnceLog(logger)
    let own = try make(options.flags, once: once).filter { isEnabled($0.name, options) }
    guard let path = options.flags.text(CustomQueries.pathFlag) else { return own }
    let custom = CustomQueries(path: path, besides: Set(own.map(\.name)), logger: logger, once: once)
    return own.filter { !custom.replaced.contains($0.name) } + custom.collectors
  }

  private static let server: [any PostgresCollector] = [
    UpCollector(), StatBgwriterCollector(), StatCheckpointerCollector(), StatArchiverCollector(),
    ReplicationCollector(), ReplicationSlotsCollector(), StatReplicationCollector(), StatWalReceiverCollector(),
    WalCollector(), XlogLocationCollector(), XidCollector(), RolesCollector(), PostmasterCollector(),
    BuffercacheSummaryCollector(), StatIoCollector(),
  ]
  private static let databases: [any PostgresCollector] = [
    DatabaseCollector(), DatabaseSizeCollector(), DatabaseWraparoundCollector(), StatDatabaseCollector(),
    StatDatabaseConflictsCollector(), StatProgressVacuumCollector(), StatProgressCreateIndexCollector(),
  ]
  private static let activity: [any PostgresCollector] = [
    StatActivityCollector(), LocksCollector(), LongRunningTransactionsCollector(), IdleInTransactionCollector(),
    WaitEventsCollector(), ProcessIdleCollector(), StatActivityAutovacuumCollector(),
  ]

  /// By a flag that counts whatever its own says.
  private static func isTurnedOff(_ name: String, _ flags: FlagValues) -> Bool {
    if name == "settings" { return flags.isOn(disableSettingsMetrics) }
    return formerDefaults.contains(name) && flags.isOn(disableDefaultMetrics)
  }

  private static func isEnabled(_ name: String, _ options: ExporterOptions) -> Bool {
    let isSaid = options.flags.isGiven(Flag("collector.\(name)", .toggle, ""))
    // The sizes were a part of `database`.
    let other = name == "database_size" ? Flag("collector.database", .toggle, "") : formerNames[name]
    if let other, !isSaid, options.flags.isGiven(other) { return options.flags.isOn(other) }
    return options.enabledCollectors.contains(name)
  }
}
