import Foundation

/// A control group of the drill's own, in version 2's tree or in those of version 1's controllers
/// (https://docs.kernel.org/admin-guide/cgroup-v2.html and …/cgroup-v1/).
struct ControlGroup: Sendable {
  private static let root = "/sys/fs/cgroup"
  private static let periodMicroseconds = 100_000

  let name: String
  /// Of the group: one, or one a controller.
  let directories: [String]
  /// What is written into which file.
  private let limits: [(file: String, value: String)]
  private let isUnified: Bool

  init(_ name: String, memoryLimitBytes: Int) throws {
    try self.init(name, controllers: [["memory"]]) { directories in
      [
        ("\(directories[0])/memory.max", "\(directories[0])/memory.limit_in_bytes", "\(memoryLimitBytes)")
      ]
    }
  }

  init(_ name: String, quotaMicroseconds: Int) throws {
    let (quota, period) = (quotaMicroseconds, Self.periodMicroseconds)
    let hierarchies = [["cpu", "cpu,cpuacct", "cpuacct,cpu"], ["cpuacct", "cpu,cpuacct", "cpuacct,cpu"]]
    try self.init(name, controllers: hierarchies) { directories in
      [
        ("\(directories[0])/cpu.max", "\(directories[0])/cpu.cfs_period_us", "\(quota) \(period)"),
        ("", "\(directories[0])/cpu.cfs_quota_us", "\(quota)"),
      ]
    }
  }

  /// - Parameters:
  ///   - controllers: what each hierarchy of version 1 may be called.
  ///   - limits: the file of version 2 and that of version 1, and the value.
  private init(
    _ name: String, controllers: [[String]], limits: ([String]) -> [(new: String, old: String, value: String)]
  ) throws {
    guard getuid() == 0 else { throw DrillError("a control group with a limit needs root: run the drill as root") }
    let manager = FileManager.default
    self.name = name
    isUnified = manager.fileExists(atPath: "\(Self.root)/cgroup.controllers")
    if isUnified {
      directories = ["\(Self.root)/\(name)"]
      self.limits = limits(directories).filter { !$0.new.isEmpty }.map { ($0.new, $0.value) }
      return
    }
    directories = try controllers.map { names in
      guard let found = names.map({ "\(Self.root)/\($0)" }).first(where: manager.fileExists(atPath:)) else {
        throw DrillError("there is no control group of \(names[0]) below \(Self.root): run where there is one")
      }
      return "\(found)/\(name)"
    }
    self.limits = limits(directories).map {
      ($0.old, $0.old.hasSuffix("cfs_period_us") ? "\(Self.periodMicroseconds)" : $0.value)
    }
  }

  func make() throws {
    if isUnified {
      // Where they are given to the children already, this changes nothing.
      try? Self.write("+memory +cpu", to: "\(Self.root)/cgroup.subtree_control")
    }
    for directory in Set(directories) where mkdir(directory, 0o755) != 0 && errno != EEXIST {
      throw DrillError("cannot make the control group \(directory), errno \(errno): run where the tree is writable")
    }
    for limit in limits { try Self.write(limit.value, to: limit.file) }
  }

  var hasProcesses: Bool {
    directories.allSatisfy { ((try? String(contentsOfFile: "\($0)/cgroup.procs", encoding: .utf8)) ?? "") != "" }
  }

  /// - Returns: whether it is gone.
  func remove() -> Bool {
    for directory in Set(directories) { rmdir(directory) }
    return !directories.contains(where: FileManager.default.fileExists(atPath:))
  }

  /// One write(2), as these files want it.
  static func write(_ text: String, to file: String) throws {
    let descriptor = open(file, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DrillError("cannot open \(file): errno \(errno)") }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count else {
      throw DrillError("\(file) does not take “\(text)”: errno \(errno)")
    }
  }
}
