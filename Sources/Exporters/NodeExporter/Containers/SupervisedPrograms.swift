import ExporterKit

/// The programs of a supervisor, each with the processes that it started: what stands in for a container where each has
/// no control group of its own.
struct SupervisedPrograms {
  /// Processes that are looked at.
  static let maximumProcesses = 8_192

  struct Program: Equatable {
    let name: String
    let root: ProcessFacts
    /// With the root.
    let tree: [ProcessFacts]
  }

  private let children: [Int: [ProcessFacts]]
  private let host: NodeHost

  /// Costs a read for each process of the machine.
  init(_ host: NodeHost) {
    self.host = host
    var children: [Int: [ProcessFacts]] = [:]
    let pids = ((try? host.entries(of: host.procfs)) ?? []).compactMap { Int($0) }
    for pid in pids.prefix(Self.maximumProcesses) {
      if let process = ProcessFacts(host, pid: pid) { children[process.parent, default: []].append(process) }
    }
    self.children = children
  }

  /// - Parameter source: a directory of files `NAME.pid`, or the pid file of supervisord, whose children are the
  ///   programs.
  /// - Returns: by name; none where the source cannot be read or nothing runs.
  func programs(_ source: String) -> [Program] {
    let named = host.isDirectory(source) ? fromDirectory(source) : fromSupervisor(source)
    var seen: Set<String> = []
    return named.sorted { ($0.name, $0.process.pid) < ($1.name, $1.process.pid) }.map { name, process in
      // One program may be several processes.
      let unique = seen.insert(name).inserted ? name : "\(name)-\(process.pid)"
      return Program(name: unique, root: process, tree: tree(process))
    }
  }

  private func fromDirectory(_ directory: String) -> [(name: String, process: ProcessFacts)] {
    ((try? host.entries(of: directory)) ?? []).compactMap { file in
      guard file.hasSuffix(".pid"), let pid = host.integer("\(directory)/\(file)"),
        let process = ProcessFacts(host, pid: pid)
      else { return nil }
      return (String(file.dropLast(".pid".count)), process)
    }
  }

  private func fromSupervisor(_ file: String) -> [(name: String, process: ProcessFacts)] {
    guard let pid = host.integer(file), pid > 0 else { return [] }
    return (children[pid] ?? []).map { (name(of: $0), $0) }
  }

  /// supervisord tells each process its name (http://supervisord.org/subprocess.html#subprocess-environment). Those
  /// that write their title over it are called after their executable.
  private func name(of process: ProcessFacts) -> String {
    let told = try? host.withBytes(of: host.proc("\(process.pid)/environ")) { bytes -> String? in
      var start = 0
      while start < bytes.count {
        let end = bytes.firstIndex(of: 0, from: start) ?? bytes.count
        let variable = bytes.part(start..<end)
        if variable.hasPrefix("SUPERVISOR_PROCESS_NAME=") { return variable.part(24..<variable.count).string }
        start = end + 1
      }
      return nil
    }
    if let told = told ?? nil, !told.isEmpty { return told }
    let command = process.command
    return command.hasSuffix("-server") ? String(command.dropLast("-server".count)) : command
  }

  private func tree(_ root: ProcessFacts) -> [ProcessFacts] {
    var found = [root]
    var seen: Set<Int> = [root.pid]
    var index = 0
    while index < found.count {
      for child in children[found[index].pid] ?? [] where seen.insert(child.pid).inserted { found.append(child) }
      index += 1
    }
    return found
  }

  /// - Parameter boot: when the machine started, in seconds since the epoch.
  func reading(of program: Program, boot: Double?) -> ContainerReading {
    var reading = ContainerReading()
    reading.cpuSeconds = program.tree.reduce(0) { $0 + $1.cpuTicks } / ProcessFacts.ticksPerSecond
    reading.startSeconds = boot.map { $0 + program.root.startTicks / ProcessFacts.ticksPerSecond }
    reading.memoryLimit = 0
    var memory: Double?
    for process in program.tree {
      // What processes share counts once, with the one that all come from.
      if let bytes = resident(process, withShared: process.pid == program.root.pid) { memory = (memory ?? 0) + bytes }
      readDisk(process, into: &reading)
    }
    reading.memoryUsage = memory
    reading.workingSet = memory
    if let own = host.networkNamespace(of: "\(program.root.pid)"), let hosts = host.hostNetworkNamespace,
      own != hosts
    {
      host.readNetwork(of: program.root.pid, into: &reading)
    }
    return reading
  }

  private func resident(_ process: ProcessFacts, withShared: Bool) -> Double? {
    let pages = try? host.withBytes(of: host.proc("\(process.pid)/statm")) { bytes -> Double? in
      var fields = bytes.fields
      guard fields.next() != nil, let resident = fields.next()?.unsigned, let shared = fields.next()?.unsigned else {
        return nil
      }
      return withShared ? Double(resident) : max(0, Double(resident) - Double(shared))
    }
    return (pages ?? nil).map { $0 * ProcessFacts.pageBytes }
  }

  /// The kernel does not say by which device.
  private func readDisk(_ process: ProcessFacts, into reading: inout ContainerReading) {
    try? host.withBytes(of: host.proc("\(process.pid)/io")) { bytes in
      if let count = bytes.flatValue("read_bytes:") { reading.reads["", default: 0] += Double(count) }
      if let count = bytes.flatValue("write_bytes:") { reading.writes["", default: 0] += Double(count) }
    }
  }

  /// Paths of the control groups that the process is in; of version 1 those of the controllers that count.
  func cgroups(of pid: Int) -> Set<String> {
    var paths: Set<String> = []
    try? host.withBytes(of: host.proc("\(pid)/cgroup")) { bytes in
      bytes.forEachLine { line in
        guard let first = line.firstIndex(of: UInt8(ascii: ":")),
          let second = line.firstIndex(of: UInt8(ascii: ":"), from: first + 1)
        else { return }
        let controllers = line.part(first + 1..<second).string.split(separator: ",")
        guard controllers.isEmpty || controllers.contains("memory") || controllers.contains("cpuacct") else { return }
        paths.insert(line.part(second + 1..<line.count).string)
      }
    }
    return paths.subtracting(["/"])
  }
}
