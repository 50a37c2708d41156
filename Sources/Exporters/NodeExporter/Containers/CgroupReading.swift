import ExporterKit

/// What the files of a control group say of it. Each is read once; one that is missing or garbled costs its own values.
struct CgroupReader {
  private let tree: CgroupTree
  private let host: NodeHost
  private let devices: BlockDeviceNames

  init(_ tree: CgroupTree, _ host: NodeHost) {
    self.tree = tree
    self.host = host
    devices = BlockDeviceNames(host)
  }

  /// nil for a group that is gone, or about which nothing is counted.
  func reading(of path: String) -> ContainerReading? {
    var reading = ContainerReading()
    switch tree.layout {
    case .unified(let root): readUnified("\(root)\(path)", into: &reading)
    case .controllers(let memory, let cpu, let cpuacct, let blkio):
      // Not every group is in every hierarchy: one question instead of one for each file.
      func directory(_ controller: String?) -> String? {
        controller.map { $0 + path }.flatMap { host.exists($0) ? $0 : nil }
      }
      if let memory = directory(memory) { readMemory(memory, into: &reading) }
      let accounting = directory(cpuacct)
      readCPU(cpu == cpuacct ? accounting : directory(cpu), accounting: accounting, into: &reading)
      if let blkio = directory(blkio) { readBlockIO(blkio, into: &reading) }
    }
    return reading.cpuSeconds == nil && reading.memoryUsage == nil ? nil : reading
  }

  // MARK: Version 2

  private func readUnified(_ directory: String, into reading: inout ContainerReading) {
    read("\(directory)/cpu.stat") { bytes in
      reading.cpuSeconds = bytes.flatValue("usage_usec").map { Double($0) / 1e6 }
      reading.throttledSeconds = bytes.flatValue("throttled_usec").map { Double($0) / 1e6 }
    }
    read("\(directory)/cpu.max") { bytes in
      var fields = bytes.fields
      reading.cpuQuota = fields.next()?.unsigned.map { Double($0) }
      reading.cpuPeriod = fields.next()?.unsigned.map { Double($0) }
    }
    reading.memoryUsage = unsigned("\(directory)/memory.current").map { Double($0) }
    if let usage = reading.memoryUsage {
      readWorkingSet("\(directory)/memory.stat", "inactive_file", usage, into: &reading)
      read("\(directory)/memory.max") { reading.memoryLimit = Double($0.trimmed.unsigned ?? 0) }
      read("\(directory)/memory.events") { reading.oomEvents = $0.flatValue("oom_kill").map { Double($0) } }
    }
    read("\(directory)/io.stat") { bytes in
      bytes.forEachLine { line in
        var fields = line.fields
        guard let number = fields.next() else { return }
        while let field = fields.next() {
          if field.hasPrefix("rbytes="), let count = field.part(7..<field.count).unsigned {
            reading.reads[devices.name(of: number), default: 0] += Double(count)
          } else if field.hasPrefix("wbytes="), let count = field.part(7..<field.count).unsigned {
            reading.writes[devices.name(of: number), default: 0] += Double(count)
          }
        }
      }
    }
  }

  // MARK: Version 1

  /// Where no limit is set the kernel says the largest multiple of a page.
  private static let unlimitedBytes: UInt64 = 1 << 62

  private func readMemory(_ directory: String, into reading: inout ContainerReading) {
    reading.memoryUsage = unsigned("\(directory)/memory.usage_in_bytes").map { Double($0) }
    guard let usage = reading.memoryUsage else { return }
    readWorkingSet("\(directory)/memory.stat", "total_inactive_file", usage, into: &reading)
    read("\(directory)/memory.limit_in_bytes") { bytes in
      reading.memoryLimit = bytes.trimmed.unsigned.map { $0 < Self.unlimitedBytes ? Double($0) : 0 }
    }
    read("\(directory)/memory.oom_control") { reading.oomEvents = $0.flatValue("oom_kill").map { Double($0) } }
  }

  private func readCPU(_ cpu: String?, accounting: String?, into reading: inout ContainerReading) {
    if let accounting {
      reading.cpuSeconds = unsigned("\(accounting)/cpuacct.usage").map { Double($0) / 1e9 }
    }
    guard let cpu else { return }
    reading.cpuQuota = unsigned("\(cpu)/cpu.cfs_quota_us").map { Double($0) }
    reading.cpuPeriod = unsigned("\(cpu)/cpu.cfs_period_us").map { Double($0) }
    read("\(cpu)/cpu.stat") { reading.throttledSeconds = $0.flatValue("throttled_time").map { Double($0) / 1e9 } }
  }

  private func readBlockIO(_ directory: String, into reading: inout ContainerReading) {
    // The second is all that kernels before 4.11 have, without what groups below have read.
    for file in ["blkio.throttle.io_service_bytes_recursive", "blkio.throttle.io_service_bytes"] {
      let isThere = read("\(directory)/\(file)") { bytes in
        bytes.forEachLine { line in
          var fields = line.fields
          guard let number = fields.next(), let operation = fields.next(), let count = fields.next()?.unsigned else {
            return
          }
          if operation == "Read" { reading.reads[devices.name(of: number), default: 0] += Double(count) }
          if operation == "Write" { reading.writes[devices.name(of: number), default: 0] += Double(count) }
        }
      }
      if isThere { return }
    }
  }

  // MARK: Both

  /// What is used less what the kernel would give back first.
  private func readWorkingSet(
    _ path: String, _ key: StaticString, _ usage: Double, into reading: inout ContainerReading
  ) {
    read(path) { bytes in
      guard let inactive = bytes.flatValue(key) else { return }
      reading.workingSet = max(0, usage - Double(inactive))
    }
  }

  private func unsigned(_ path: String) -> UInt64? { (try? host.withBytes(of: path) { $0.trimmed.unsigned }) ?? nil }

  /// - Returns: whether there is such a file.
  @discardableResult
  private func read(_ path: String, _ body: (Bytes) -> Void) -> Bool {
    (try? host.withBytes(of: path) { body($0) }) != nil
  }
}

extension Bytes {
  /// Of a file of lines `key value`.
  func flatValue(_ key: StaticString) -> UInt64? {
    var value: UInt64?
    forEachLine { line in
      guard value == nil, line.hasPrefix(key) else { return }
      var fields = line.fields
      guard let name = fields.next(), name == key else { return }
      value = fields.next()?.unsigned
    }
    return value
  }
}

/// `8:0` as `/dev/sda`, each asked of sysfs once.
final class BlockDeviceNames {
  private let host: NodeHost
  private var known: [String: String] = [:]

  init(_ host: NodeHost) { self.host = host }

  func name(of number: Bytes) -> String {
    let number = number.string
    if let name = known[number] { return name }
    let device = host.link(host.sys("dev/block/\(number)"))?.split(separator: "/").last
    // In sysfs a slash of the name is an exclamation mark.
    let name = device.map { "/dev/" + String($0.map { $0 == "!" ? "/" : $0 }) } ?? number
    known[number] = name
    return name
  }
}
