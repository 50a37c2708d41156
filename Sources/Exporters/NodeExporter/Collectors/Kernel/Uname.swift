import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_uname_info`: one call of uname(2).
struct UnameCollector: NodeCollector {
  let name = "uname"
  let help = "Nombre de la máquina y versión del kernel."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    var system = utsname()
    guard uname(&system) == 0 else { throw HostError(path: "uname", code: errno) }
    let values = [
      Self.text(system.sysname), Self.text(system.release), Self.text(system.version), Self.text(system.machine),
      Self.text(system.nodename), Self.text(system.__domainname),
    ]
    batch.add(Host.Uname.info, .init(values), 1)
  }

  /// Up to the first NUL of a field of fixed width.
  private static func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { bytes in String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
