import Glibc
import Testing

@testable import NodeExporter

@Suite("Collector uname")
struct UnameTests {
  @Test("what the system call says, up to the first zero")
  func real() throws {
    let page = try ProcfsTree([:]).read(UnameCollector.self)
    #expect(page.count == 1)
    let name = try #require(page.keys.first)
    #expect(name.hasPrefix(#"node_uname_info{sysname="Linux",release=""#))
    var host = [CChar](repeating: 0, count: 256)
    #expect(gethostname(&host, host.count) == 0)
    let hostname = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #expect(name.contains(#"nodename="\#(hostname)""#))
    #expect(!name.contains("\0"))
  }
}
