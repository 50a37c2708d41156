import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_cpu_info` and what belongs to it: `/proc/cpuinfo`, a block of lines a processor, as x86 and ARM write it.
struct CpuInfo: Sendable {
  private static let isOn = Flag("collector.cpu.info", .toggle, "Exporta qué procesadores hay (cpu_info).")
  private static let flagsInclude = Flag(
    "collector.cpu.info.flags-include", placeholder: "REGEXP", "Qué capacidades de la CPU exportar; prende cpu.info.")
  private static let bugsInclude = Flag(
    "collector.cpu.info.bugs-include", placeholder: "REGEXP", "Qué debilidades de la CPU exportar; prende cpu.info.")
  static let flags = [isOn, flagsInclude, bugsInclude]

  /// Those of the collector that exports frequencies in another way.
  private static let cpufreq = Flag("collector.cpufreq", .toggle, default: "true", "")
  private static let disableDefaults = Flag("collector.disable-defaults", .toggle, "")

  private let wantedFlags: NamePattern?
  private let wantedBugs: NamePattern?
  private let hasFrequency: Bool

  /// nil where nothing was asked for.
  init?(_ flags: FlagValues) throws {
    wantedFlags = try flags.text(Self.flagsInclude).map { try NamePattern($0, of: Self.flagsInclude) }
    wantedBugs = try flags.text(Self.bugsInclude).map { try NamePattern($0, of: Self.bugsInclude) }
    hasFrequency =
      flags.isGiven(Self.cpufreq) ? flags.isOn(Self.cpufreq) : !flags.isOn(Self.disableDefaults)
    guard flags.isOn(Self.isOn) || wantedFlags != nil || wantedBugs != nil else { return nil }
  }

  /// One block.
  fileprivate struct Processor {
    let number: String
    var vendor = "", family = "", model = "", modelName = "", microcode = "", stepping = ""
    var cacheSize = "", package = "", core = ""
    var megahertz = 0.0
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("cpuinfo")
    try host.withBytes(of: path) { bytes in
      var processor: Processor?
      var count = 0
      bytes.forEachLine { line in
        guard let (key, value) = line.cut(at: UInt8(ascii: ":")) else { return }
        let (name, text) = (key.trimmed, value.trimmed)
        if name == "processor" {
          if let processor { add(processor, to: &batch) }
          processor = Processor(number: text.string)
          count += 1
        } else if name == "flags" || name == "Features" {
          if count == 1 { Self.addEach(text, wantedFlags, Host.CpuInfo.flagInfo, to: &batch) }
        } else if name == "bugs" {
          if count == 1 { Self.addEach(text, wantedBugs, Host.CpuInfo.bugInfo, to: &batch) }
        } else {
          processor?.set(name, to: text)
        }
      }
      guard let processor else { throw HostFormatError(path, "names no processor") }
      add(processor, to: &batch)
    }
  }

  private func add(_ processor: Processor, to batch: inout SampleBatch) {
    batch.add(
      Host.CpuInfo.info,
      .init([
        processor.package, processor.core, processor.number, processor.vendor, processor.family, processor.model,
        processor.modelName, processor.microcode, processor.stepping, processor.cacheSize,
      ]), 1)
    guard hasFrequency else { return }
    let labels = Host.CpuInfo.FrequencyLabels(
      package: processor.package, core: processor.core, cpu: processor.number)
    batch.add(Host.CpuInfo.frequency, labelValues: labels.labelValues, processor.megahertz * 1e6)
  }

  private static func addEach<Label: OpenLabel>(
    _ words: Bytes, _ wanted: NamePattern?, _ family: Family<Gauge, Label>, to batch: inout SampleBatch
  ) {
    guard let wanted else { return }
    for word in words.fields where wanted.matches(word.string) { batch.add(family, Label(word.string), 1) }
  }
}

extension CpuInfo.Processor {
  fileprivate mutating func set(_ key: Bytes, to value: Bytes) {
    if key == "vendor_id" || key == "vendor" {
      vendor = value.string
    } else if key == "cpu family" {
      family = value.string
    } else if key == "model" {
      model = value.string
    } else if key == "model name" {
      modelName = value.string
    } else if key == "microcode" {
      microcode = value.string
    } else if key == "stepping" {
      stepping = value.string
    } else if key == "cache size" {
      cacheSize = value.string
    } else if key == "physical id" {
      package = value.string
    } else if key == "core id" {
      core = value.string
    } else if key == "cpu MHz" {
      megahertz = value.double ?? 0
    }
  }
}
