import Postgres

/// The schema of this service: one entry a file in `Migrations/`, in order. What has been released is never edited.
package enum Migrations {
  package static let schema = "deposito"

  package static let all: [Migration] = [
    Migration(version: 1, name: "esquema", sql: text(PackageResources._001_esquema_sql))
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
