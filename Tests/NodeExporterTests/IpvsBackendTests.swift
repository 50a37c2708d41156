import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Addresses of IPVS")
struct IpvsBackendTests {
  private func parse(_ text: String) -> IpvsAddress? {
    Array(text.utf8).withUnsafeBytes { IpvsAddress(Bytes($0)) }
  }

  @Test(
    "both protocols",
    arguments: [
      ("7F000001:0050", "127.0.0.1", 80), ("FFFFFFFF:FFFF", "255.255.255.255", 65535),
      ("[2001:0db8:0000:0000:0001:0000:0000:0001]:01bb", "2001:db8::1:0:0:1", 443),
    ])
  func read(text: String, host: String, port: UInt16) throws {
    let address = try #require(parse(text))
    #expect(address.address == host)
    #expect(address.port == port)
  }

  @Test(
    "what is no address",
    arguments: ["", ":", ":0050", "7F0001:0050", "7F000001", "7F000001:XYZW", "[]:0050", "[zz]:0050", "[fd00::1:0050"])
  func refuse(text: String) { #expect(parse(text) == nil) }
}
