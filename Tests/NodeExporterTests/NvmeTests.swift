import ExporterKit
import Testing

@testable import NodeExporter

@Suite("nvme")
struct NvmeTests {
  @Test("a controller and a path to a namespace")
  func all() throws {
    let root = "sys/class/nvme/nvme1"
    let series = try StorageTree([
      "\(root)/firmware_rev": "1B2Q  \n", "\(root)/model": "Disco NVMe      \n", "\(root)/serial": "S1\n",
      "\(root)/state": "live\n", "\(root)/cntlid": "4\n", "\(root)/nvme1c0n2/ana_state": "optimized\n",
      "\(root)/nvme1c0n2/size": "1000\n", "\(root)/nvme1c0n2/nuse": "10\n",
      "\(root)/nvme1c0n2/queue/logical_block_size": "512\n", "\(root)/nvme1n1/size": "7\n",
      "\(root)/nvme1c0n3/size": "7\n",
    ]).series(NvmeCollector(.none))
    let labels = "{device=\"nvme1\",nsid=\"2\"}"
    let expected: [String: Double] = [
      "info{cntlid=\"4\",device=\"nvme1\",firmware_revision=\"1B2Q\",model=\"Disco NVMe\",serial=\"S1\",state=\"live\"}":
        1,
      "namespace_info{ana_state=\"optimized\",device=\"nvme1\",nsid=\"2\"}": 1,
      "namespace_info{ana_state=\"unknown\",device=\"nvme1\",nsid=\"3\"}": 1,
      "namespace_capacity_bytes\(labels)": 512_000, "namespace_size_bytes\(labels)": 512_000,
      "namespace_used_bytes\(labels)": 5120, "namespace_logical_block_size_bytes\(labels)": 512,
    ]
    #expect(series == Dictionary(uniqueKeysWithValues: expected.map { ("node_nvme_" + $0.key, $0.value) }))
  }

  @Test(
    "a path is told from a disk by its name",
    arguments: [
      ("nvme0c0n1", "1"), ("nvme12c3n45", "45"), ("nvme0n1", nil), ("nvme0", nil), ("nvmec0n1", nil), ("", nil),
      ("nvme0c0n", nil), ("hwmon1", nil),
    ] as [(String, String?)])
  func names(entry: String, id: String?) {
    #expect(NvmeCollector.namespace(entry) == id)
  }

  @Test("a host without NVMe has nothing to read")
  func absent() {
    #expect(throws: NothingToRead.self) { try StorageTree().series(NvmeCollector(.none)) }
  }
}
