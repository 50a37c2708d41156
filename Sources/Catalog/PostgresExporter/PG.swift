import MetricModel

/// What postgres-exporter exports, one file a collector; names, types and labels as postgres_exporter 0.11.1 has them.
/// Counters without `_total` keep that name: dashboards of the standard exporter ask for it.
package enum PG {
  package static let up = Family<Gauge, NoLabels>("pg_up", "1 if PostgreSQL answered the scrape.")
  package static let version = Family<Unknown, VersionLabels>(
    "pg_static", "Version string as reported by postgres", use: parity)

  package static let all: [FamilyDescriptor] = [
    [up.descriptor, version.descriptor], ScrapedDatabases.all, StatBgwriter.all, StatCheckpointer.all,
    StatArchiver.all, Replication.all, ReplicationSlots.all, StatReplication.all, StatWalReceiver.all, Wal.all,
    XlogLocation.all, Xid.all, Roles.all, Postmaster.all, BuffercacheSummary.all, StatIo.all, Database.all,
    DatabaseSize.all, DatabaseWraparound.all, StatDatabase.all, StatDatabaseConflicts.all, StatUserTables.all,
    StatioUserTables.all, StatUserIndexes.all, StatioUserIndexes.all, StatProgressVacuum.all,
    StatProgressCreateIndex.all, StatActivity.all, Locks.all, LongRunningTransactions.all, IdleInTransaction.all,
    WaitEvents.all, ProcessIdle.all, StatActivityAutovacuum.all, StatStatements.all, UserQueries.all, Settings.all,
  ].flatMap { (families: [FamilyDescriptor]) in families }

  /// Why families exist that no rule or panel of ours asks for.
  static let parity = FamilyUse.notNeeded("dashboards made for the standard exporter ask for it")
}

/// Host and port of the server, as the exporter reaches it.
package struct ServerLabel: OpenLabel {
  package static let labelName = "server"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}

package struct VersionLabels: LabelSet {
  package static let labelNames = [ServerLabel.labelName, "short_version", "version"]
  package let labelValues: [String]
  package init(server: ServerLabel, shortVersion: String, version: String) {
    labelValues = [server.labelValue, shortVersion, version]
  }
}

/// `datid`, `datname`, `server`: 0 and an empty name stand for objects that all databases share.
package struct DatabaseLabels: LabelSet {
  package let datid: DatabaseID
  package let datname: DatabaseName
  package let server: ServerLabel
  package static let labelNames = [DatabaseID.labelName, DatabaseName.labelName, ServerLabel.labelName]
  package var labelValues: [String] { [datid.labelValue, datname.labelValue, server.labelValue] }
  package init(datid: String, datname: String, server: ServerLabel) {
    self.datid = DatabaseID(datid)
    self.datname = DatabaseName(datname)
    self.server = server
  }
}

package struct DatabaseID: OpenLabel {
  package static let labelName = "datid"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}

package struct DatabaseName: OpenLabel {
  package static let labelName = "datname"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}

extension PG {
  package typealias ApplicationName = OpenValue<PGLabels.ApplicationNameKey>
  package typealias BackendType = OpenValue<PGLabels.BackendTypeKey>
  package typealias ClientAddress = OpenValue<PGLabels.ClientAddressKey>
  package typealias FileName = OpenValue<PGLabels.FileNameKey>
  package typealias HashSum = OpenValue<PGLabels.HashSumKey>
  package typealias IndexName = OpenValue<PGLabels.IndexNameKey>
  package typealias IOContext = OpenValue<PGLabels.IOContextKey>
  package typealias IOObject = OpenValue<PGLabels.IOObjectKey>
  package typealias LockMode = OpenValue<PGLabels.LockModeKey>
  package typealias PhaseLabel = OpenValue<PGLabels.PhaseKey>
  package typealias QueryID = OpenValue<PGLabels.QueryIDKey>
  package typealias QueryText = OpenValue<PGLabels.QueryTextKey>
  package typealias RelationName = OpenValue<PGLabels.RelationNameKey>
  package typealias RoleName = OpenValue<PGLabels.RoleNameKey>
  package typealias SchemaName = OpenValue<PGLabels.SchemaNameKey>
  package typealias SessionState = OpenValue<PGLabels.SessionStateKey>
  package typealias SlotDatabase = OpenValue<PGLabels.SlotDatabaseKey>
  package typealias SlotName = OpenValue<PGLabels.SlotNameKey>
  package typealias SlotType = OpenValue<PGLabels.SlotTypeKey>
  package typealias StatusLabel = OpenValue<PGLabels.StatusKey>
  package typealias UpstreamHost = OpenValue<PGLabels.UpstreamHostKey>
  package typealias UserName = OpenValue<PGLabels.UserNameKey>
  package typealias WaitEvent = OpenValue<PGLabels.WaitEventKey>
  package typealias WaitEventType = OpenValue<PGLabels.WaitEventTypeKey>
  package typealias WalStatus = OpenValue<PGLabels.WalStatusKey>
}
