import Testing

@testable import NodeExporter

@Suite("Collector filefd")
struct FilefdTests {
  @Test("first and last number; the last does not fit an integer")
  func numbers() throws {
    let tree = try ProcfsTree(["proc/sys/fs/file-nr": "1024\t0\t9223372036854775807\n"])
    #expect(
      try tree.read(FilefdCollector.self) == ["node_filefd_allocated": 1024, "node_filefd_maximum": 0x1p63])
  }

  @Test("a file without three numbers is a failure", arguments: ["", "1\t0\n", "x\t0\t9\n"])
  func short(text: String) throws {
    let tree = try ProcfsTree(["proc/sys/fs/file-nr": text])
    #expect(throws: HostFormatError.self) { try tree.read(FilefdCollector.self) }
  }
}
