import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_sysctl_*`: the kernel parameters that flags name, a file each (sysctl(8)).
struct SysctlCollector: NodeCollector {
  private static let include = Flag(
    "collector.sysctl.include", .list, placeholder: "NOMBRE[:CAMPO,…]", "Parámetros numéricos que exportar.")
  private static let includeInfo = Flag(
    "collector.sysctl.include-info", .list, placeholder: "NOMBRE", "Parámetros de texto que exportar.")
  static let flags = [include, includeInfo]

  /// One that a flag names.
  private struct Parameter: Sendable {
    let name: String
    /// What its values are called; empty where nothing was said.
    let keys: [String]

    init(_ text: String) {
      let parts = text.split(separator: ":", maxSplits: 1)
      name = parts.first.map(String.init) ?? ""
      keys = parts.count > 1 ? parts[1].split(separator: ",").map(String.init) : []
    }

    var path: String { "sys/" + name.replacing(".", with: "/") }
  }

  let name = "sysctl"
  let isDefault = false
  let help = "Parámetros del kernel que se elijan."
  private let numeric: [Parameter]
  private let textual: [Parameter]

  init(_ flags: FlagValues) throws {
    numeric = flags.list(Self.include).map(Parameter.init)
    textual = flags.list(Self.includeInfo).map(Parameter.init)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    for parameter in numeric { try Self.addNumbers(parameter, host, to: &batch) }
    for parameter in textual {
      try host.withBytes(of: host.proc(parameter.path)) { bytes in
        for (index, word) in bytes.fields.enumerated() {
          batch.add(Host.Sysctl.info, .init(name: parameter.name, value: word.string, index: index), 1)
        }
      }
    }
  }

  private static func addNumbers(_ parameter: Parameter, _ host: NodeHost, to batch: inout SampleBatch) throws {
    let path = host.proc(parameter.path)
    let values = try host.withBytes(of: path) { bytes in
      try bytes.fields.map { field in
        guard let value = field.double else { throw HostFormatError(path, "is no list of numbers") }
        return value
      }
    }
    let (name, help) = (MetricName.sanitized(parameter.name), "sysctl \(parameter.name)")
    if parameter.keys.isEmpty, values.count == 1 {
      batch.add(Host.Sysctl.family(name, help: help, isIndexed: false), labelValues: [], values[0])
    } else if parameter.keys.isEmpty {
      let family = Host.Sysctl.family(name, help: help, isIndexed: true)
      for (index, value) in values.enumerated() { batch.add(family, labelValues: [String(index)], value) }
    } else {
      guard parameter.keys.count == values.count else {
        throw HostFormatError(
          path, "has \(values.count) values, and --\(include.name) names \(parameter.keys.count): name as many")
      }
      for (index, (key, value)) in zip(parameter.keys, values).enumerated() {
        let family = Host.Sysctl.family(
          "\(name)_\(MetricName.sanitized(key))", help: "\(help), field \(index)", isIndexed: false)
        batch.add(family, labelValues: [], value)
      }
    }
  }
}
