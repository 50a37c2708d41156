import Testing

@testable import NodeExporter

@Suite("Collector slabinfo")
struct SlabinfoTests {
  private static let text = """
    slabinfo - version: 2.1
    # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit>
    tw_sock_TCP           704    864    256   32    2 : tunables    0    0    0 : slabdata     27     27      0
    dentry             1206    1300   192   21    1 : tunables    0    0    0 : slabdata     27     27      0
    short  1 2

    """

  @Test("five numbers of each cache")
  func whole() throws {
    let page = try ProcfsTree(["proc/slabinfo": Self.text]).read(SlabinfoCollector.self)
    #expect(page.count == 10)
    let names = ["active_objects", "objects", "object_size_bytes", "objects_per_slab", "pages_per_slab"]
    #expect(names.map { page[#"node_slabinfo_\#($0){slab="tw_sock_TCP"}"#] } == [704, 864, 256, 32, 2])
    #expect(names.map { page[#"node_slabinfo_\#($0){slab="dentry"}"#] } == [1206, 1300, 192, 21, 1])
  }

  @Test("flags choose the caches")
  func chosen() throws {
    let tree = try ProcfsTree(["proc/slabinfo": Self.text])
    let page = try tree.read(
      SlabinfoCollector.self, "--collector.slabinfo.slabs-include=^(tw|den)", "--collector.slabinfo.slabs-exclude=^tw")
    #expect(page.keys.allSatisfy { $0.contains("dentry") } && page.count == 5)
  }
}
