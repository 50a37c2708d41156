/// A control group that is worth series of its own: a container, a unit of systemd's, or a leaf that somebody made.
struct Cgroup: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case container(ContainerRuntime, id: String)
    /// A slice groups others; nothing runs in it directly.
    case slice
    case unit
    case leaf
  }

  /// The path below the hierarchy's root, beginning with a slash.
  let path: String
  let kind: Kind
  /// Of a leaf: a process that is known already.
  var process: Int?

  var container: ContainerIdentity? {
    guard case .container(let runtime, let id) = kind else { return nil }
    let manager = path.split(separator: "/").first { $0.hasPrefix("user@") && $0.hasSuffix(".service") }
    return ContainerIdentity(
      runtime: runtime, id: id, user: manager.map { String($0.dropFirst("user@".count).dropLast(".service".count)) })
  }

  /// The last component.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// A container as its runtime knows it.
struct ContainerIdentity: Sendable, Equatable {
  let runtime: ContainerRuntime
  let id: String
  /// The number of the user whose own manager runs it; nil for the machine's.
  let user: String?
}

/// Who made a container, as the name of its control group says.
enum ContainerRuntime: Sendable, Equatable {
  case docker
  case podman
  case crio
  case containerd
  /// Only the identifier is there.
  case unknown

  /// Names of containers' groups: `docker-ID.scope`, `libpod-ID`, `ID` and the like, where ID has 64 hexadecimal
  /// digits. Those of their monitors (`libpod-conmon-ID`) are none.
  static func container(_ name: String, parent: String) -> Cgroup.Kind? {
    var rest = name[...]
    if rest.hasSuffix(".scope") { rest = rest.dropLast(".scope".count) }
    guard rest.utf8.count >= identifierDigits else { return nil }
    let id = rest.suffix(identifierDigits)
    guard id.utf8.allSatisfy(isLowerHexadecimal) else { return nil }
    switch rest.dropLast(identifierDigits) {
    case "docker-": return .container(.docker, id: String(id))
    case "libpod-": return .container(.podman, id: String(id))
    case "crio-": return .container(.crio, id: String(id))
    case "cri-containerd-", "nerdctl-": return .container(.containerd, id: String(id))
    case "" where parent == "docker": return .container(.docker, id: String(id))
    case "" where parent == "libpod_parent": return .container(.podman, id: String(id))
    case "": return .container(.unknown, id: String(id))
    default: return nil
    }
  }

  private static let identifierDigits = 64

  private static func isLowerHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
