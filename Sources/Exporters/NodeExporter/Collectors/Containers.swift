import Catalog
import ExporterKit
import Glibc
import Logging
import Synchronization
import Telemetry
import Topology

/// `container_*`: control groups as cAdvisor shows them, and the programs of a supervisor that have none of their own.
/// Costs eight small files a group, some 60 µs.
final class ContainersCollector: NodeCollector {
  let name = "containers"
  let help = "Contenedores, unidades de systemd y otros cgroups, como cAdvisor."
  /// Groups and programs with series.
  static let maximumContainers = 1_000
  /// How deep below a container's own group its processes may be.
  static let maximumProcessDepth = 3

  private static let root = Flag(
    "path.cgroup", placeholder: "DIR", "Dónde están montados los cgroups; si no se dice, fs/cgroup de sysfs.")
  private static let supervised = Flag(
    "collector.containers.supervised", placeholder: "ARCHIVO|DIR",
    "El pid de supervisord, o un directorio de archivos NOMBRE.pid: los programas que no tienen cgroup propio.")
  static let flags = [root, supervised]

  private let root: String?
  private let supervised: String?
  private let names = ContainerNames()
  /// A group is as old as the oldest process that was ever seen in it.
  private struct Start {
    /// Of the group's directory: another one is another group.
    let inode: UInt
    /// Which was looked at last.
    let process: Int
    let seconds: Double
  }
  private struct State {
    /// Asked once: it changes with each correction of the clock, and start times would change with it.
    var boot: Double?
    /// By path.
    var starts: [String: Start] = [:]
    var hasWarned = false
  }
  private let state = Mutex(State())

  init(_ flags: FlagValues) {
    root = flags.text(Self.root)
    supervised = flags.text(Self.supervised)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let place = root ?? host.sys("fs/cgroup")
    let tree = CgroupTree(host, root: place)
    guard tree != nil || supervised != nil else { throw NothingToRead("\(place) with control groups") }
    let all = tree?.cgroups(host) ?? []
    if all.count > Self.maximumContainers { warn(all.count) }
    let cgroups = Array(all.prefix(Self.maximumContainers))
    let now = Double(time(nil))
    if let tree { add(cgroups, of: tree, host, now, into: &batch) }
    if let supervised {
      addPrograms(supervised, beside: Set(cgroups.map(\.path)), host, now, into: &batch)
    }
    if batch.seriesCount == 0 { throw NothingToRead("\(place) with control groups of containers or units") }
  }

  private func add(
    _ cgroups: [Cgroup], of tree: CgroupTree, _ host: NodeHost, _ now: Double, into batch: inout SampleBatch
  ) {
    let names = names.names(of: cgroups.compactMap(\.container), host)
    let reader = CgroupReader(tree, host)
    // Each network namespace counts once, however many containers share it.
    var namespaces = Set([host.hostNetworkNamespace].compactMap { $0 })
    let knowsHosts = !namespaces.isEmpty
    var starts: [String: Start] = [:]
    for cgroup in cgroups {
      guard var reading = reader.reading(of: cgroup.path) else { continue }
      if cgroup.kind != .slice, let pid = process(of: cgroup, tree, host) {
        starts[cgroup.path] = start(of: cgroup, pid, tree, host)
        reading.startSeconds = starts[cgroup.path]?.seconds
        if knowsHosts, let namespace = host.networkNamespace(of: "\(pid)"), namespaces.insert(namespace).inserted {
          host.readNetwork(of: pid, into: &reading)
        }
      }
      reading.add(to: &batch, labels(cgroup, names), now: now)
    }
    state.withLock { [starts] in $0.starts = starts }
  }

  private func labels(_ cgroup: Cgroup, _ names: [String: ContainerNames.Naming]) -> ContainerLabels {
    guard case .container(_, let id) = cgroup.kind else {
      return ContainerLabels(id: cgroup.path, name: cgroup.name, image: "")
    }
    let naming = names[id]
    // As the engines themselves shorten what has no name.
    let name = naming.flatMap { $0.name.isEmpty ? nil : $0.name } ?? String(id.prefix(12))
    return ContainerLabels(id: cgroup.path, name: name, image: naming?.image ?? "")
  }

  private func process(of cgroup: Cgroup, _ tree: CgroupTree, _ host: NodeHost) -> Int? {
    if let process = cgroup.process { return process }
    func search(_ directories: [String], depth: Int) -> Int? {
      for directory in directories {
        if let pid = host.firstProcess(in: directory) { return pid }
        guard depth > 0 else { continue }
        let below = host.directories(in: directory).map { "\(directory)/\($0)" }
        if let pid = search(below, depth: depth - 1) { return pid }
      }
      return nil
    }
    return search(tree.directories(of: cgroup.path), depth: Self.maximumProcessDepth)
  }

  private func start(of cgroup: Cgroup, _ pid: Int, _ tree: CgroupTree, _ host: NodeHost) -> Start? {
    guard let inode = host.inode(ofFirst: tree.directories(of: cgroup.path)) else { return nil }
    let before = state.withLock { $0.starts[cgroup.path] }.flatMap { $0.inode == inode ? $0 : nil }
    if let before, before.process == pid { return before }
    guard let process = ProcessFacts(host, pid: pid), let boot = boot(host) else { return nil }
    let seconds = boot + process.startTicks / ProcessFacts.ticksPerSecond
    return Start(inode: inode, process: pid, seconds: min(before?.seconds ?? seconds, seconds))
  }

  private func boot(_ host: NodeHost) -> Double? {
    if let boot = state.withLock(\.boot) { return boot }
    let boot = host.bootSeconds()
    state.withLock { $0.boot = boot }
    return boot
  }

  /// Of the supervisor's programs those that have no control group for themselves.
  private func addPrograms(
    _ source: String, beside exported: Set<String>, _ host: NodeHost, _ now: Double, into batch: inout SampleBatch
  ) {
    let supervisor = SupervisedPrograms(host)
    let programs = supervisor.programs(source).prefix(Self.maximumContainers)
    let cgroups = programs.map { supervisor.cgroups(of: $0.root.pid) }
    var members: [String: Int] = [:]
    let others = host.integer(source).map { supervisor.cgroups(of: $0) } ?? []
    for path in cgroups.flatMap({ $0 }) + others { members[path, default: 0] += 1 }
    for (program, paths) in zip(programs, cgroups) {
      if paths.contains(where: { exported.contains($0) && members[$0] == 1 }) { continue }
      let labels = ContainerLabels(id: "/supervisor/\(program.name)", name: program.name, image: "")
      supervisor.reading(of: program, boot: boot(host)).add(to: &batch, labels, now: now)
    }
  }

  private func warn(_ count: Int) {
    let isNew = state.withLock { state in
      defer { state.hasWarned = true }
      return !state.hasWarned
    }
    guard isNew else { return }
    Logger(label: Platform.nodeExporter.name).warning(
      "only a part of the control groups is exported",
      metadata: ["groups": "\(count)", "limit": "\(Self.maximumContainers)"])
  }
}
