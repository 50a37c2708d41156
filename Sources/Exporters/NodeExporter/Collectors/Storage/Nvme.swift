import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_nvme_*`: `/sys/class/nvme` (kernel's `drivers/nvme/host/sysfs.c`). Five files a controller, four a namespace.
struct NvmeCollector: NodeCollector {
  let name = "nvme"
  let help = "Controladores NVMe y sus namespaces."

  private typealias Families = Host.Nvme

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.sys("class/nvme")
    for device in try host.ifPresent(root, { try host.entries(of: root) }) {
      let path = "\(root)/\(device)"
      // A controller that is going away.
      guard let entries = try? host.entries(of: path) else { continue }
      func text(_ name: String) -> String { host.text("\(path)/\(name)") ?? "" }
      batch.add(
        Families.info,
        Families.Info(
          device: device, firmwareRevision: text("firmware_rev"), model: text("model"), serial: text("serial"),
          state: text("state"), cntlid: text("cntlid")), 1)
      for entry in entries {
        guard let id = Self.namespace(entry) else { continue }
        add(namespace: id, of: device, "\(path)/\(entry)", host, into: &batch)
      }
    }
  }

  private func add(
    namespace: String, of device: String, _ path: String, _ host: NodeHost, into batch: inout SampleBatch
  ) {
    let state = host.text("\(path)/ana_state") ?? "unknown"
    batch.add(Families.namespaceInfo, .init(device: device, nsid: namespace, anaState: state), 1)
    guard let blockBytes = host.unsigned("\(path)/queue/logical_block_size").map({ Double($0) }) else { return }
    let labels = Pair(Host.Device(device), Families.NamespaceID(namespace))
    // sysfs gives the size in sectors of 512 bytes. The standard exporter takes them for logical blocks, which is the
    // same on most disks; its numbers are kept.
    if let blocks = host.unsigned("\(path)/size").map({ Double($0) }) {
      batch.add(Families.namespaceCapacityBytes, labels, blocks * blockBytes)
      batch.add(Families.namespaceSizeBytes, labels, blocks * blockBytes)
    }
    if let blocks = host.unsigned("\(path)/nuse").map({ Double($0) }) {
      batch.add(Families.namespaceUsedBytes, labels, blocks * blockBytes)
    }
    batch.add(Families.namespaceLogicalBlockSizeBytes, labels, blockBytes)
  }

  /// The `7` of `nvme1c2n7`: a path to a namespace. Without multipath it would be `nvme1n7`, which the standard
  /// exporter leaves to diskstats.
  static func namespace(_ entry: String) -> String? {
    var rest = entry.utf8[...]
    for part in ["nvme", "c", "n"] {
      guard rest.starts(with: part.utf8) else { return nil }
      rest = rest.dropFirst(part.utf8.count)
      let digits = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
      guard !digits.isEmpty else { return nil }
      rest = rest.dropFirst(digits.count)
      if part == "n" { return String(Substring(digits)) }
    }
    return nil
  }
}
