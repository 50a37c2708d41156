import ExporterKit

/// All collectors, in the order in which they run.
enum PostgresCollectors {
  /// The flags that collectors have beside `--collector.NAME`.
  static let flags: [Flag] = []

  /// The first decides whether the server is up.
  static func make(_ flags: FlagValues) throws -> [any PostgresCollector] {
    [UpCollector(), StatDatabaseCollector(), StatDatabaseConflictsCollector(), SettingsCollector()]
  }
}
