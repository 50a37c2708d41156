import TelemetryTracing
import Testing

/// https://www.w3.org/TR/trace-context/#tracestate-header
@Suite("tracestate")
struct TraceStateTests {
  static let valid = [
    "rojo=00f067aa0ba902b7", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", "a=1 , b=2\t,\tc=3", "a=1,,b=2,", "a= x y",
    "tenant@system=1", "0tenant@system=1", "a_-*/9=!~", "\(String(repeating: "k", count: 256))=1",
    "\(String(repeating: "t", count: 241))@\(String(repeating: "s", count: 14))=1",
    "a=\(String(repeating: "v", count: 256))",
  ]

  @Test("a valid list is handed on unchanged", arguments: valid)
  func unchanged(header: String) { #expect(TraceState(header)?.header == header) }

  static let invalid = [
    "", " ", ",", "a", "a=", "=1", "a=1=2", "a=1,a=2", "A=1", "1=1", "a b=1", "a=\u{1}", "a=é", "a@B=1", "a@b@c=1",
    "@b=1", "a@=1", "a@1=1", "\(String(repeating: "k", count: 257))=1", "a=\(String(repeating: "v", count: 257))",
    "\(String(repeating: "t", count: 242))@s=1", "t@\(String(repeating: "s", count: 15))=1",
  ]

  @Test("an invalid one is not handed on at all", arguments: invalid)
  func refused(header: String) { #expect(TraceState(header) == nil) }

  @Test("32 members are a list, 33 are none")
  func members() {
    let list = { (count: Int) in (0..<count).map { "k\($0)=1" }.joined(separator: ",") }
    #expect(TraceState(list(32))?.header == list(32))
    #expect(TraceState(list(33)) == nil)
  }

  @Test("a list past 512 bytes loses its long members first, then those at the end")
  func long() throws {
    let long = "long=" + String(repeating: "x", count: 200)
    let middle = (0..<5).map { "m\($0)=" + String(repeating: "y", count: 97) }
    #expect(TraceState(([long] + middle).joined(separator: ","))?.header == middle.joined(separator: ","))
    let many = (0..<6).map { "m\($0)=" + String(repeating: "y", count: 97) }
    #expect(TraceState(many.joined(separator: ","))?.header == many.prefix(5).joined(separator: ","))
    // 512 bytes are not too many, 513 are.
    let exact = (middle.prefix(4) + ["last=" + String(repeating: "z", count: 512 - 4 * 101 - 5)]).joined(separator: ",")
    #expect(exact.utf8.count == 512)
    #expect(TraceState(exact)?.header == exact)
    #expect(TraceState(exact + "z")?.header == middle.prefix(4).joined(separator: ","))
  }
}
