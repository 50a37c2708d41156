import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_pressure_*`: up to four files of one or two lines. A kernel without pressure information has none of them, one
/// started with `psi=0` refuses to have them read.
struct PressureCollector: NodeCollector {
  let name = "pressure"
  let help = "Tiempo perdido por falta de CPU, memoria o disco (PSI)."

  private struct Resource {
    let file: String
    var some: Family<Counter, NoLabels>?
    var full: Family<Counter, NoLabels>?
  }

  private static let resources = [
    Resource(file: "cpu", some: Host.Pressure.cpuWaiting),
    Resource(file: "io", some: Host.Pressure.ioWaiting, full: Host.Pressure.ioStalled),
    Resource(file: "memory", some: Host.Pressure.memoryWaiting, full: Host.Pressure.memoryStalled),
    Resource(file: "irq", full: Host.Pressure.irqStalled),
  ]

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let directory = host.proc("pressure")
    var isFound = false
    for resource in Self.resources {
      do {
        try host.withKeptBytes(of: "\(directory)/\(resource.file)") { Self.add($0, resource, to: &batch) }
        isFound = true
      } catch let error as HostError where error.isAbsence || error.code == EOPNOTSUPP {
        continue
      }
    }
    if !isFound { throw NothingToRead(directory) }
  }

  private static func add(_ bytes: Bytes, _ resource: Resource, to batch: inout SampleBatch) {
    bytes.forEachLine { line in
      // some avg10=0.00 avg60=0.00 avg300=0.00 total=14036781
      var fields = line.fields
      guard let kind = fields.next() else { return }
      guard let family = kind == "some" ? resource.some : kind == "full" ? resource.full : nil else { return }
      while let field = fields.next() {
        guard field.hasPrefix("total="), let microseconds = field.part(6..<field.count).double else { continue }
        batch.add(family, microseconds / 1000 / 1000)
      }
    }
  }
}
