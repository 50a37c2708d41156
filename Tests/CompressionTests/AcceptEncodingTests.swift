import Compression
import Testing

@Suite("Accept-Encoding negotiation")
struct AcceptEncodingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let field: String?
    let coding: ContentCoding
    init(_ field: String?, _ coding: ContentCoding) { (self.field, self.coding) = (field, coding) }
    var testDescription: String { "\(field ?? "no header") → \(coding)" }
  }

  static let cases = [
    // Prometheus, curl --compressed, Chrome, Python's requests, wget.
    Case("gzip", .gzip), Case("deflate, gzip, br, zstd", .zstd), Case("gzip, deflate, br, zstd", .zstd),
    Case("gzip, deflate", .gzip), Case("identity", .identity),
    Case(nil, .identity), Case("", .identity), Case("br", .identity), Case("deflate", .identity),
    Case("x-gzip", .gzip), Case("GZip", .gzip), Case("  gzip ; q=0.3 ", .gzip), Case("gzip\t;\tQ=0.3,", .gzip),
    // A client that lists what it takes prefers what is small, whatever it says of identity in the same breath.
    Case("gzip, identity", .gzip), Case("identity, zstd", .zstd),
    Case("gzip;q=0.5, identity;q=0.9", .identity), Case("gzip;q=0.9, zstd;q=0.8", .gzip),
    Case("gzip;q=0", .identity), Case("gzip;q=0.000", .identity), Case("gzip;q=0.001", .gzip),
    Case("*", .zstd), Case("*;q=0.5, gzip", .gzip), Case("zstd;q=0, *", .gzip),
    Case("gzip;q=0, zstd;q=0, *", .identity),
    Case("identity;q=0, gzip;q=0.1", .gzip), Case("*;q=0, gzip", .gzip),
    // Nothing that we have is accepted: a page that can be read is worth more than a 406.
    Case("*;q=0", .identity), Case("identity;q=0", .identity), Case("br, identity;q=0", .identity),
    Case("gzip;q=high", .identity), Case("gzip;q=", .identity), Case("gzip;q=-1", .identity),
    Case("gzip;q=nan", .identity),
    Case("gzip;q=1e3", .identity), Case("gzip;q=7", .gzip), Case("gzipped", .identity), Case(";;,,=", .identity),
    Case(String(repeating: "br,", count: 10_000) + "gzip", .identity),
  ]

  @Test("the heaviest coding that we have; of two as heavy the smaller body", arguments: cases)
  func negotiate(example: Case) {
    #expect(AcceptEncoding(example.field).coding(bodyBytes: nil) == example.coding)
    #expect(AcceptEncoding(example.field).coding(bodyBytes: AcceptEncoding.minimumBodyBytes) == example.coding)
  }

  @Test("a small body is not coded, unless it is refused as it is")
  func smallBodies() {
    let small = AcceptEncoding.minimumBodyBytes - 1
    #expect(AcceptEncoding("gzip, zstd").coding(bodyBytes: small) == .identity)
    #expect(AcceptEncoding("gzip, identity;q=0").coding(bodyBytes: small) == .gzip)
    #expect(AcceptEncoding("gzip, *;q=0").coding(bodyBytes: 0) == .gzip)
    #expect(AcceptEncoding("identity;q=0").coding(bodyBytes: small) == .identity)
  }

  @Test("any bytes are survived")
  func junk() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("Accept-Encoding: seed \(seed)")
    var state = seed
    // Knuth's MMIX generator: enough to spoil a header, and it can be repeated.
    func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let pieces = ["gzip", "zstd", "identity", "*", ";", ",", "q=", "=", "0", "1", ".", " ", "\t", "é", "\u{0}", "\""]
    for _ in 0..<5000 {
      let field = (0..<below(30)).map { _ in pieces[below(pieces.count)] }.joined()
      let coding = AcceptEncoding(field).coding(bodyBytes: nil)
      let named = coding.contentEncoding.map { field.lowercased().contains($0) || field.contains("*") } ?? true
      #expect(named, "\(field) got \(coding), seed \(seed)")
    }
  }
}
