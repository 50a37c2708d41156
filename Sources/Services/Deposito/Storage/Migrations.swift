import Postgres

/// The schema of this service: one entry a file in `Migrations/`, in order. What has been released is never edited.
package enum Migrations {
  package static let schema = "deposito"

  package static let all: [Migration] = [
    Migration(version: 1, name: "esquema", sql: text(PackageResources._001_esquema_sql)),
    Migration(version: 2, name: "inventario", sql: text(PackageResources._002_inventario_sql)),
    Migration(version: 3, name: "usuarios", sql: text(PackageResources._003_usuarios_sql)),
    Migration(version: 4, name: "eventos", sql: text(PackageResources._004_eventos_sql)),
    Migration(version: 5, name: "productos", sql: text(PackageResources._005_productos_sql)),
    Migration(version: 6, name: "conteos", sql: text(PackageResources._006_conteos_sql)),
    Migration(version: 7, name: "lotes", sql: text(PackageResources._007_lotes_sql)),
    Migration(version: 8, name: "costos", sql: text(PackageResources._008_costos_sql)),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
