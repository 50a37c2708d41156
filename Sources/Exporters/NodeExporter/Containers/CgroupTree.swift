import ExporterKit

/// The control groups of the host: version 2 as one tree, version 1 as one a controller
/// (https://docs.kernel.org/admin-guide/cgroup-v2.html and …/cgroup-v1/).
struct CgroupTree: Sendable {
  /// Groups that are looked at, whether they are worth series or not.
  static let maximumGroups = 4_096
  static let maximumDepth = 16

  enum Layout: Sendable, Equatable {
    case unified(String)
    /// Directories of controllers; nil for one that is not mounted.
    case controllers(memory: String?, cpu: String?, cpuacct: String?, blkio: String?)
  }

  let layout: Layout

  /// - Parameter root: where the control groups are mounted.
  /// - Returns: nil where there are none.
  init?(_ host: NodeHost, root: String) {
    if host.exists("\(root)/cgroup.controllers") {
      layout = .unified(root)
      return
    }
    func controller(_ names: String...) -> String? {
      names.map { "\(root)/\($0)" }.first { host.exists($0) }
    }
    let memory = controller("memory")
    let cpuacct = controller("cpuacct", "cpu,cpuacct", "cpuacct,cpu")
    guard memory != nil || cpuacct != nil else { return nil }
    layout = .controllers(
      memory: memory, cpu: controller("cpu", "cpu,cpuacct", "cpuacct,cpu"), cpuacct: cpuacct,
      blkio: controller("blkio"))
  }

  /// Trees that are walked. The others have no group that these lack.
  private var roots: [String] {
    switch layout {
    case .unified(let root): [root]
    case .controllers(let memory, _, let cpuacct, _): [memory, cpuacct].compactMap { $0 }
    }
  }

  /// In the order of their paths; none of the rest of a tree that has more than `maximumGroups`.
  func cgroups(_ host: NodeHost) -> [Cgroup] {
    var walk = CgroupWalk(host, left: Self.maximumGroups)
    for root in roots { walk.visit(root, "", parent: "", depth: 0) }
    return walk.found.values.sorted { $0.path < $1.path }
  }

  /// Where the processes of a group are listed.
  func directories(of path: String) -> [String] { roots.map { $0 + path } }
}

private struct CgroupWalk {
  private let host: NodeHost
  private var left: Int
  private(set) var found: [String: Cgroup] = [:]

  init(_ host: NodeHost, left: Int) {
    self.host = host
    self.left = left
  }

  mutating func visit(_ root: String, _ path: String, parent: String, depth: Int) {
    guard depth < CgroupTree.maximumDepth else { return }
    for name in host.directories(in: root + path) {
      guard left > 0 else { return }
      left -= 1
      let child = "\(path)/\(name)"
      if let container = ContainerRuntime.container(name, parent: parent) {
        found[child] = Cgroup(path: child, kind: container)
      } else if name.hasSuffix(".slice") {
        found[child] = Cgroup(path: child, kind: .slice)
        visit(root, child, parent: name, depth: depth + 1)
      } else if Self.isUnit(name) {
        found[child] = Cgroup(path: child, kind: .unit)
        // A user's own manager has units, and containers, below its service; what others delegate is their own affair.
        if name.hasPrefix("user@") { visit(root, child, parent: name, depth: depth + 1) }
      } else {
        visitOther(root, child, name, depth)
      }
    }
  }

  private mutating func visitOther(_ root: String, _ path: String, _ name: String, _ depth: Int) {
    let before = left
    visit(root, path, parent: name, depth: depth + 1)
    // An engine's group of all its containers is none of them, and neither is an empty one.
    guard left == before, found[path] == nil, let process = host.firstProcess(in: root + path) else { return }
    found[path] = Cgroup(path: path, kind: .leaf, process: process)
  }

  private static func isUnit(_ name: String) -> Bool {
    [".service", ".scope", ".socket", ".mount", ".swap"].contains { name.hasSuffix($0) }
  }
}

extension NodeHost {
  /// A process of the control group itself, the one that came first; nil for a group without.
  func firstProcess(in directory: String) -> Int? {
    let first = try? withBytes(of: "\(directory)/cgroup.procs") { bytes in
      bytes.part(0..<(bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count)).integer
    }
    // 0 is a process of another namespace.
    return (first ?? nil).flatMap { $0 > 0 ? $0 : nil }
  }
}
