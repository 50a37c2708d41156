import ExporterKit
import Glibc
import JSON
import Synchronization

/// Names and images of containers, from the state that their runtimes keep on disk: each file is parsed when it is new
/// or has changed, and else costs a stat(2).
final class ContainerNames: Sendable {
  /// Past this a runtime's file is not read: 8 MiB.
  static let maximumFileBytes = 8 << 20

  struct Naming: Sendable, Equatable {
    var name: String
    var image: String
  }

  private struct Stamp: Sendable, Equatable {
    let inode: UInt64
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  private struct File: Sendable {
    let stamp: Stamp
    let names: [String: Naming]
  }

  private let files = Mutex<[String: File]>([:])

  /// Of these containers, by identifier. What is forgotten is not asked for any more.
  func names(of containers: [ContainerIdentity], _ host: NodeHost) -> [String: Naming] {
    let before = files.withLock { $0 }
    var now: [String: File] = [:]
    var found: [String: Naming] = [:]
    for container in containers {
      for place in Self.places(container, host) {
        if now[place.path] == nil { now[place.path] = Self.load(place, container.id, host, before[place.path]) }
        guard let naming = now[place.path]?.names[container.id] else { continue }
        found[container.id] = naming
        break
      }
    }
    files.withLock { [now] in $0 = now }
    return found
  }

  private typealias Parse = @Sendable (_ state: JSONValue, _ id: String) -> [String: Naming]

  private struct Place {
    let path: String
    let parse: Parse
  }

  private static func places(_ container: ContainerIdentity, _ host: NodeHost) -> [Place] {
    let id = container.id
    switch container.runtime {
    case .docker: return [Place(path: host.root("var/lib/docker/containers/\(id)/config.v2.json"), parse: docker)]
    case .podman:
      let home = container.user.flatMap { host.home(ofUser: $0) }
      let storage = home.map { host.rootfs + $0 + "/.local/share/containers" } ?? host.root("var/lib/containers")
      return ["overlay", "vfs", "btrfs"].flatMap { driver in
        ["containers.json", "volatile-containers.json"].map { file in
          Place(path: "\(storage)/storage/\(driver)-containers/\(file)", parse: podman)
        }
      }
    case .crio:
      return [
        Place(path: host.root("run/containers/storage/overlay-containers/\(id)/userdata/config.json"), parse: bundle)
      ]
    case .containerd:
      return ["k8s.io", "default", "moby"].map { space in
        Place(path: host.root("run/containerd/io.containerd.runtime.v2.task/\(space)/\(id)/config.json"), parse: bundle)
      }
    case .unknown:
      return [.docker, .containerd, .podman, .crio].flatMap { runtime in
        places(ContainerIdentity(runtime: runtime, id: id, user: container.user), host)
      }
    }
  }

  private static func load(_ place: Place, _ id: String, _ host: NodeHost, _ known: File?) -> File? {
    var entry = stat()
    guard stat(place.path, &entry) == 0, entry.st_mode & S_IFMT == S_IFREG, entry.st_size <= maximumFileBytes else {
      return nil
    }
    let stamp = Stamp(
      inode: UInt64(entry.st_ino), size: Int(entry.st_size), seconds: entry.st_mtim.tv_sec,
      nanoseconds: entry.st_mtim.tv_nsec)
    if let known, known.stamp == stamp { return known }
    guard let state = try? host.withBytes(of: place.path, { try JSONValue($0.array) }) else {
      // A file that is being written is read again when it has changed.
      return File(stamp: stamp, names: [:])
    }
    return File(stamp: stamp, names: place.parse(state, id))
  }

  /// `{"Name": "/web", "Config": {"Image": "nginx:1.22"}}`
  private static let docker: Parse = { state, id in
    guard let name = state["Name"]?.string else { return [:] }
    let bare = name.hasPrefix("/") ? String(name.dropFirst()) : name
    return [id: Naming(name: bare, image: state["Config"]?["Image"]?.string ?? "")]
  }

  /// `[{"id": "…", "names": ["web"], "metadata": "{\"image-name\": \"docker.io/library/nginx:1.22\"}"}]`: all of them.
  private static let podman: Parse = { state, _ in
    var names: [String: Naming] = [:]
    for container in state.array ?? [] {
      guard let id = container["id"]?.string else { continue }
      let metadata = container["metadata"]?.string.flatMap { try? JSONValue($0.utf8) }
      let name = container["names"]?.array?.first?.string ?? metadata?["name"]?.string
      names[id] = Naming(name: name ?? "", image: metadata?["image-name"]?.string ?? "")
    }
    return names
  }

  /// Annotations of an OCI bundle, which Kubernetes' runtimes and nerdctl write.
  private static let bundle: Parse = { state, id in
    func annotation(_ names: String...) -> String? { names.compactMap { state["annotations"]?[$0]?.string }.first }
    let name = annotation(
      "io.kubernetes.cri.container-name", "io.kubernetes.container.name", "nerdctl/name",
      "io.kubernetes.cri.sandbox-name", "io.kubernetes.cri-o.Name")
    let image = annotation("io.kubernetes.cri.image-name", "io.kubernetes.cri-o.ImageName")
    return [id: Naming(name: name ?? "", image: image ?? "")]
  }
}

extension NodeHost {
  /// As passwd(5) has it; nil for a user of another place.
  fileprivate func home(ofUser uid: String) -> String? {
    var home: String?
    try? withBytes(of: root("etc/passwd")) { bytes in
      bytes.forEachLine { line in
        guard home == nil else { return }
        let fields = line.string.split(separator: ":", omittingEmptySubsequences: false)
        if fields.count == 7, fields[2] == uid, !fields[5].isEmpty { home = String(fields[5]) }
      }
    }
    return home
  }
}
