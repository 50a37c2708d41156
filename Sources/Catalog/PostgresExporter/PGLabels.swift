import MetricModel

/// The names of the labels that families of PostgreSQL share. Their values are the server's: databases, tables, slots.
package enum PGLabels {
  package enum ApplicationNameKey: LabelKey { package static let name = "application_name" }
  package enum BackendTypeKey: LabelKey { package static let name = "backend_type" }
  package enum ClientAddressKey: LabelKey { package static let name = "client_addr" }
  package enum FileNameKey: LabelKey { package static let name = "filename" }
  package enum HashSumKey: LabelKey { package static let name = "hashsum" }
  package enum IndexNameKey: LabelKey { package static let name = "indexrelname" }
  package enum IOContextKey: LabelKey { package static let name = "context" }
  package enum IOObjectKey: LabelKey { package static let name = "object" }
  package enum LockModeKey: LabelKey { package static let name = "mode" }
  package enum PhaseKey: LabelKey { package static let name = "phase" }
  package enum QueryIDKey: LabelKey { package static let name = "queryid" }
  package enum QueryTextKey: LabelKey { package static let name = "query" }
  package enum RelationNameKey: LabelKey { package static let name = "relname" }
  package enum RoleNameKey: LabelKey { package static let name = "rolname" }
  package enum SchemaNameKey: LabelKey { package static let name = "schemaname" }
  package enum SessionStateKey: LabelKey { package static let name = "state" }
  package enum SlotDatabaseKey: LabelKey { package static let name = "database" }
  package enum SlotNameKey: LabelKey { package static let name = "slot_name" }
  package enum SlotTypeKey: LabelKey { package static let name = "slot_type" }
  package enum StatusKey: LabelKey { package static let name = "status" }
  package enum UpstreamHostKey: LabelKey { package static let name = "upstream_host" }
  package enum UserNameKey: LabelKey { package static let name = "user" }
  package enum WaitEventKey: LabelKey { package static let name = "wait_event" }
  package enum WaitEventTypeKey: LabelKey { package static let name = "wait_event_type" }
  package enum WalStatusKey: LabelKey { package static let name = "wal_status" }
}
