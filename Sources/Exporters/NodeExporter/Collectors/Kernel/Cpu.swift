import Catalog
import ExporterKit
import MetricModel
import Synchronization
import Telemetry

/// `node_cpu_*`: `/proc/stat`, two files of sysfs a processor, and `/proc/cpuinfo` if a flag asks for it.
struct CpuCollector: NodeCollector {
  private static let guest = Flag(
    "collector.cpu.guest", .toggle, default: "true", "Exporta el tiempo de las máquinas virtuales.")
  static let flags = [guest] + CpuInfo.flags

  let name = "cpu"
  let help = "Tiempo de CPU por modo."
  private let times: CpuTimes
  private let info: CpuInfo?

  init(_ flags: FlagValues) throws {
    times = CpuTimes(hasGuests: flags.isOn(Self.guest))
    info = try CpuInfo(flags)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try info?.read(host, into: &batch)
    try times.read(host, into: &batch)
    let directory = host.sys("devices/system/cpu")
    let isolated = (try? host.withKeptBytes(of: "\(directory)/isolated") { $0.trimmed.string }) ?? ""
    for cpu in CPUList(isolated).numbers {
      batch.add(Host.Cpu.isolated, Host.CPUNumber(String(cpu)), 1)
    }
    let cpus = ((try? host.entries(of: directory)) ?? []).filter {
      $0.hasPrefix("cpu") && $0.utf8.dropFirst(3).first.map { (48...57).contains($0) } ?? false
    }
    CpuThrottles.read(cpus, in: directory, of: host, into: &batch)
    // Where the first has no such file, none of them can be taken offline.
    guard let first = cpus.first, host.exists("\(directory)/\(first)/online") else { return }
    for cpu in cpus {
      let isOnline = host.integer("\(directory)/\(cpu)/online") == 1
      batch.add(Host.Cpu.online, Host.CPUNumber(String(cpu.dropFirst(3))), isOnline ? 1 : 0)
    }
  }
}

/// The processors' lines of `/proc/stat` (proc(5)), in hundredths of a second.
struct CpuTimes: Sendable {
  private static let modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]
  private static let guestModes = ["user", "nice"]
  private static let idle = 3
  /// USER_HZ, the same on every architecture with Linux' ABI of today.
  private static let ticksPerSecond = 100.0
  /// The idle time of a processor that was taken offline and back starts anew; smaller steps back are errors of the
  /// kernel's accounting, over which the counter must not fall.
  private static let resetTicks: UInt64 = 300

  fileprivate struct Processor: Sendable {
    let labels: [Host.Cpu.ModeLabels]
    let guestLabels: [Host.Cpu.ModeLabels]
    var ticks: [UInt64]
  }

  private final class Memory: Sendable {
    let processors = Mutex<[String: Processor]>([:])
  }

  private let memory = Memory()
  private let hasGuests: Bool

  init(hasGuests: Bool) { self.hasGuests = hasGuests }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("stat")
    try host.withSharedBytes(of: path, isKept: true) { bytes in
      try memory.processors.withLock { processors in
        var present: [String: Processor] = [:]
        bytes.forEachLine { line in
          guard line.hasPrefix("cpu"), line[3] != UInt8(ascii: " ") else { return }
          var fields = line.fields
          guard let name = fields.next() else { return }
          let number = name.part(3..<name.count).string
          var processor = processors[number] ?? Self.processor(number)
          guard processor.advance(to: fields, resettingAfter: Self.resetTicks, at: Self.idle) else { return }
          add(processor, to: &batch)
          present[number] = processor
        }
        if present.isEmpty { throw HostFormatError(path, "has no line of a processor") }
        processors = present
      }
    }
  }

  private static func processor(_ number: String) -> Processor {
    Processor(
      labels: modes.map { .init(cpu: number, mode: $0) }, guestLabels: guestModes.map { .init(cpu: number, mode: $0) },
      ticks: Array(repeating: 0, count: modes.count + guestModes.count))
  }

  private func add(_ processor: Processor, to batch: inout SampleBatch) {
    for (labels, ticks) in zip(processor.labels, processor.ticks) {
      batch.add(Host.Cpu.seconds, labels, Double(ticks) / Self.ticksPerSecond)
    }
    guard hasGuests else { return }
    for (labels, ticks) in zip(processor.guestLabels, processor.ticks.dropFirst(Self.modes.count)) {
      batch.add(Host.Cpu.guestSeconds, labels, Double(ticks) / Self.ticksPerSecond)
    }
  }
}

extension CpuTimes.Processor {
  /// - Returns: false for a line that cannot be read. Old kernels have fewer columns.
  fileprivate mutating func advance(to fields: Fields, resettingAfter reset: UInt64, at idle: Int) -> Bool {
    var fields = fields
    var new: [UInt64] = []
    while new.count < ticks.count, let field = fields.next() {
      guard let value = field.unsigned else { return false }
      new.append(value)
    }
    guard new.count > idle else { return false }
    let isReset = ticks[idle] > new[idle] && ticks[idle] - new[idle] >= reset
    for (index, value) in new.enumerated() where isReset || value > ticks[index] { ticks[index] = value }
    return true
  }
}
