import Catalog
import ExporterKit
import Telemetry

/// `node_filesystem_*`: the mounts of process 1, and what statfs(2) says of each. Costs one read and one system call a
/// mount; those that can hang are asked by `MountProbes`.
struct FilesystemCollector: NodeCollector {
  let name = "filesystem"
  let help = "Espacio e inodos de los sistemas de archivos montados."
  private let points: NameFilter
  private let types: NameFilter
  private let probes: MountProbes

  init(_ flags: FlagValues) throws {
    let wait = try flags.duration(Self.timeout)
    let threads = try flags.integer(Self.workers, in: 1...MountProbes.maximumThreads)
    try self.init(flags, probes: MountProbes(wait: wait, threadLimit: threads))
  }

  init(_ flags: FlagValues, probes: MountProbes) throws {
    self.probes = probes
    points = try Self.filter(flags, Self.pointsInclude, Self.pointsExclude, old: Self.oldPointsExclude)
    types = try Self.filter(flags, Self.typesInclude, Self.typesExclude, old: Self.oldTypesExclude)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let (mounts, hazards) = try selected(mounts(host))
    let isSlow = mounts.map { mount in !mount.isLocal || hazards.contains { mount.isBelow($0) } }
    var late = probes.answers(
      zip(mounts, isSlow).filter(\.1).map { MountProbes.Key(id: $0.0.id, path: Self.path(of: $0.0, host)) }
    )[...]
    var seen: Set<[String]> = []
    for (mount, isSlow) in zip(mounts, isSlow) {
      let answer = isSlow ? late.popFirst() : MountProbes.askKernel(Self.path(of: mount, host))
      add(mount, answer ?? .failure(.timeout), at: Self.point(of: mount, host), &seen, into: &batch)
    }
  }

  private func mounts(_ host: NodeHost) throws -> [Mount] {
    func read(_ path: String) throws -> [Mount] {
      var mounts: [Mount] = []
      try host.withSharedBytes(of: path) {
        $0.forEachLine { if let mount = Mount($0, isWanted: types.allows) { mounts.append(mount) } }
      }
      return mounts
    }
    do {
      return try read(host.proc("1/mountinfo"))
    } catch let error as HostError where error.isAbsence {
      // With hidepid another user's process 1 is not there.
      return try read(host.proc("self/mountinfo"))
    }
  }

  /// What is to be reported, and where a path may hang on its way to another mount.
  private func selected(_ all: [Mount]) -> (mounts: [Mount], hazards: [Mount]) {
    (all.filter { types.allows($0.fstype) && points.allows($0.point) }, all.filter { !$0.isLocal })
  }

  private func add(
    _ mount: Mount, _ answer: MountProbes.Answer, at point: String, _ seen: inout Set<[String]>,
    into batch: inout SampleBatch
  ) {
    typealias Families = Host.Filesystem
    // The same may be mounted over itself.
    guard seen.insert([mount.device, mount.fstype, point]).inserted else { return }
    let labels = MountLabels(device: mount.device, fstype: mount.fstype, mountPoint: point)
    switch answer {
    case .failure(let failure):
      let values = FailedMountLabels(labels, reason: failure.reason).labelValues
      batch.add(Families.failedDevice, labelValues: values, 1)
      batch.add(Families.failedReadonly, labelValues: values, mount.isReadOnly ? 1 : 0)
    case .success(let space):
      batch.add(Families.deviceError, labels, 0)
      batch.add(Families.readonly, labels, mount.isReadOnly ? 1 : 0)
      batch.add(Families.size, labels, space.size)
      batch.add(Families.free, labels, space.free)
      batch.add(Families.available, labels, space.available)
      batch.add(Families.files, labels, space.files)
      batch.add(Families.freeFiles, labels, space.freeFiles)
      batch.add(Families.purgeable, labels, 0)
      batch.add(
        Families.mountInfo,
        MountInfoLabels(device: mount.device, major: mount.major, minor: mount.minor, mountPoint: point), 1)
    }
  }

  private static func path(of mount: Mount, _ host: NodeHost) -> String { host.rootfs + point(of: mount, host) }

  /// As the host names it: without the folder under which this process sees the host's root.
  private static func point(of mount: Mount, _ host: NodeHost) -> String {
    guard !host.rootfs.isEmpty, mount.point.hasPrefix(host.rootfs) else { return mount.point }
    let rest = mount.point.dropFirst(host.rootfs.count)
    return rest.isEmpty ? "/" : rest.hasPrefix("/") ? String(rest) : mount.point
  }
}

extension FilesystemCollector {
  private static let pointsExclude = Flag(
    "collector.filesystem.mount-points-exclude", placeholder: "REGEXP",
    default: "^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)",
    "Puntos de montaje que no se informan.")
  private static let pointsInclude = Flag(
    "collector.filesystem.mount-points-include", placeholder: "REGEXP", "Los únicos puntos de montaje que se informan.")
  private static let typesExclude = Flag(
    "collector.filesystem.fs-types-exclude", placeholder: "REGEXP",
    default: "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs"
      + "|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|erofs|sysfs|tracefs)$",
    "Tipos de sistema de archivos que no se informan.")
  private static let typesInclude = Flag(
    "collector.filesystem.fs-types-include", placeholder: "REGEXP",
    "Los únicos tipos de sistema de archivos que se informan.")
  private static let oldPointsExclude = Flag(
    "collector.filesystem.ignored-mount-points", placeholder: "REGEXP", "Nombre viejo de mount-points-exclude.")
  private static let oldTypesExclude = Flag(
    "collector.filesystem.ignored-fs-types", placeholder: "REGEXP", "Nombre viejo de fs-types-exclude.")
  private static let timeout = Flag(
    "collector.filesystem.mount-timeout", placeholder: "DURACIÓN", default: "\(MountProbes.waitMilliseconds)ms",
    "Cuánto se espera, en total, a los montajes de red y FUSE; el que no contesta se informa con device_error.")
  private static let workers = Flag(
    "collector.filesystem.stat-workers", placeholder: "N", default: "\(MountProbes.maximumThreads)",
    "A cuántos montajes de red y FUSE se les pregunta a la vez, contando los que no contestan.")

  static let flags = [
    pointsExclude, pointsInclude, typesExclude, typesInclude, oldPointsExclude, oldTypesExclude, timeout, workers,
  ]

  /// An inclusion that is given takes the default exclusion away.
  private static func filter(
    _ flags: FlagValues, _ include: Flag, _ exclude: Flag, old: Flag
  ) throws(FlagMistake) -> NameFilter {
    let given = [include, exclude, old].filter { flags.text($0) != nil && flags.isGiven($0) }
    guard given.count <= 1 else {
      throw FlagMistake("--\(given[0].name) y --\(given[1].name) se excluyen: usá una de las dos")
    }
    if given == [include] { return try NameFilter(flags, include: include, exclude: nil) }
    return try NameFilter(flags, include: nil, exclude: given == [old] ? old : exclude)
  }
}
