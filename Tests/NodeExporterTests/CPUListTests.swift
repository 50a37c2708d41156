import Testing

@testable import NodeExporter

@Suite("Lists of processors")
struct CPUListTests {
  @Test(
    "which numbers",
    arguments: [
      ("", []), ("0", [0]), ("1,3-5", [1, 3, 4, 5]), ("5-3", []), ("a,2", [2]), ("1-2-3", []), ("65535", [65_535]),
      ("65536", []), ("-1", []),
    ] as [(String, [UInt16])])
  func numbers(text: String, numbers: [UInt16]) { #expect(CPUList(text).numbers == numbers) }

  @Test(
    "whether one is listed",
    arguments: [
      ("0-3,8", 2, true), ("0-3,8", 4, false), ("0-3,8", 8, true), ("", 0, false), ("3-1,x,,2-", 2, false),
      ("-1", 1, false), ("0-3", nil, false),
    ] as [(String, UInt16?, Bool)])
  func contains(text: String, cpu: UInt16?, isListed: Bool) { #expect(CPUList(text).contains(cpu) == isListed) }
}
