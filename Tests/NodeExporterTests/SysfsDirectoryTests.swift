import ExporterKit
import Testing

@testable import NodeExporter

/// A directory cannot be copied into what `#expect` notes: it gets the comparison's outcome.
private func expect(_ isTrue: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(isTrue, sourceLocation: sourceLocation)
}

@Suite("Directories of sysfs")
struct SysfsDirectoryTests {
  private static let files = [
    "sys/class/x/device/name": "  two words \n", "sys/class/x/device/hex": "0x1F\n", "sys/class/x/device/minus": "-7",
    "sys/class/x/device/empty": "", "sys/class/x/device/sub/leaf": "1\n", "sys/class/x/device/word": "abc\n",
    "sys/class/x/device/large": String(repeating: "9", count: 5000),
  ]

  @Test("texts without white space, numbers, and nil for what is none")
  func attributes() throws {
    let tree = try HardwareHost(Self.files, links: ["sys/class/x/link": "device"])
    let parent = try SysfsDirectory(tree.host.sys("class/x"), of: tree.host)
    for name in ["device", "link"] {
      let device = try SysfsDirectory(name, in: parent)
      expect(device.text("name") == "two words")
      expect(device.text("empty") == "")
      expect(device.text("sub/leaf") == "1")
      expect(device.text("gone") == nil)
      expect(device.text("sub") == nil)
      expect(device.integer("hex") == 31)
      expect(device.integer("minus") == -7)
      expect(device.integer("word") == nil)
      expect(device.integer("empty") == nil)
      expect(device.text("large")?.utf8.count == 4096)
      expect(device.has("sub"))
      expect(!device.has("gone"))
    }
    expect(parent.link("link") == "device")
    expect(parent.link("device") == nil)
    let linked = try SysfsDirectory("link", in: parent)
    expect(linked.realPath == "\(tree.host.sysfs)/class/x/device")
  }

  @Test("names are listed, of a directory by path and of one below it")
  func names() throws {
    let tree = try HardwareHost(Self.files)
    let parent = try SysfsDirectory(tree.host.sys("class/x"), of: tree.host)
    let folders = try parent.names()
    #expect(folders == ["device"])
    let device = try SysfsDirectory("device", in: parent)
    let names = try device.names()
    #expect(names == ["empty", "hex", "large", "minus", "name", "sub", "word"])
    #expect(throws: HostError.self) { _ = try SysfsDirectory("device/name", in: parent) }
    #expect(throws: HostError.self) { _ = try SysfsDirectory(tree.host.sys("nothing"), of: tree.host) }
  }

  @Test(
    "numbered names",
    arguments: [
      ("mc0", "mc", "0"), ("mc12x", "mc", "12x"), ("mc", "mc", nil), ("mcx", "mc", nil), ("xmc0", "mc", nil),
    ] as [(String, String, String?)])
  func numbered(name: String, prefix: String, rest: String?) { #expect(name.numbered(behind: prefix) == rest) }
}
