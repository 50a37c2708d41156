import Testing

@testable import NodeExporter

@Suite("Network addresses")
struct NetworkAddressesTests {
  private static func v6(_ first: [UInt8], last: UInt8) -> [UInt8] {
    first + [UInt8](repeating: 0, count: 15 - first.count) + [last]
  }

  @Test(
    "text as RFC 5952 has it, and scopes",
    arguments: [
      ([192, 0, 2, 1], "192.0.2.1", "global"), ([127, 0, 0, 1], "127.0.0.1", "link-local"),
      ([169, 254, 3, 4], "169.254.3.4", "link-local"), ([224, 0, 0, 1], "224.0.0.1", "link-local"),
      ([239, 1, 1, 1], "239.1.1.1", ""), ([0, 0, 0, 0], "0.0.0.0", ""), ([255, 255, 255, 255], "255.255.255.255", ""),
      (v6([], last: 1), "::1", "link-local"), (v6([], last: 0), "::", ""),
      (v6([0x20, 0x01, 0x0D, 0xB8], last: 0x10), "2001:db8::10", "global"),
      (v6([0xFE, 0x80], last: 1), "fe80::1", "link-local"), (v6([0xFD], last: 2), "fd00::2", "global"),
      (v6([0xFF, 0x01], last: 1), "ff01::1", "interface-local"), (v6([0xFF, 0x02], last: 1), "ff02::1", "link-local"),
      (v6([0xFF, 0x05], last: 1), "ff05::1", ""), ([1, 2, 3], "", ""),
    ] as [([UInt8], String, String)])
  func addresses(address: [UInt8], text: String, scope: String) {
    #expect(IPAddress.text(address) == text)
    #expect(IPAddress.scope(address) == scope)
  }
}
