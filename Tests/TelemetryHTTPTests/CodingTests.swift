import Foundation
import TelemetryHTTP
import TestSupport
import Testing

/// Bodies as clients ask for them, read by the formats' own tools.
@Suite("Content coding", .timeLimit(.minutes(1)))
struct CodingTests {
  /// A page that is sent whole, one that is sent in chunks, and one too small to be worth it.
  private static let pages: [Page] = [
    Page("/whole") { _ in PageResponse(contentType: "text/plain", body: ChunkProducer.body(40, chunkBytes: 1500)) },
    ChunkProducer.page(40, chunkBytes: 1500, at: "/chunks"),
    ChunkProducer.page(1, chunkBytes: 60_000, at: "/chunk"),
    Page("/tiny") { _ in .text(200, "Ready.") },
  ]

  private func get(_ path: String, _ acceptEncoding: String, from server: RunningServer) async throws -> RawAnswer {
    let fields = acceptEncoding.isEmpty ? "" : "Accept-Encoding: \(acceptEncoding)\r\n"
    let answers = try await server.exchange("GET \(path) HTTP/1.1\r\n\(fields)Host: x\r\n\r\n")
    return try #require(answers.first)
  }

  private func decode(_ answer: RawAnswer) async throws -> [UInt8] {
    guard let coding = answer.fields["content-encoding"] else { return answer.body }
    let directory = try TemporaryDirectory("coding")
    let (coded, plain) = (directory.file("coded"), directory.file("plain"))
    try Data(answer.body).write(to: URL(fileURLWithPath: coded))
    try await Subprocess.check(["/bin/sh", "-c", "\(coding) -dc < '\(coded)' > '\(plain)'"])
    return try [UInt8](Data(contentsOf: URL(fileURLWithPath: plain)))
  }

  @Test(
    "what is asked for is what comes, and it is the plain page",
    arguments: ["/whole", "/chunks", "/chunk"],
    [
      ("", nil), ("gzip", "gzip"), ("zstd", "zstd"), ("gzip, zstd", "zstd"), ("gzip;q=0", nil), ("identity", nil),
      ("gzip;q=0.5, zstd;q=0.1", "gzip"), ("gzip;q=0.5, identity;q=0.9", nil), ("br", nil),
    ])
  func negotiated(path: String, example: (asked: String, coding: String?)) async throws {
    try await RunningServer.with(Self.pages) { server in
      let plain = try await get(path, "", from: server)
      let answer = try await get(path, example.asked, from: server)
      #expect(answer.fields["content-encoding"] == example.coding)
      #expect(answer.fields["vary"]?.hasSuffix("Accept-Encoding") == true)
      #expect((answer.fields["content-length"] == nil) == (path == "/chunks"))
      #expect(plain.body.count == 60_000)
      #expect(try await decode(answer) == plain.body)
      if example.coding != nil { #expect(answer.body.count * 5 < plain.body.count) }
    }
  }

  @Test("a small body stays as it is, unless that is refused")
  func small() async throws {
    try await RunningServer.with(Self.pages) { server in
      let plain = try await get("/tiny", "gzip", from: server)
      #expect(plain.fields["content-encoding"] == nil)
      #expect(plain.fields["vary"] == nil)
      let coded = try await get("/tiny", "gzip, identity;q=0", from: server)
      #expect(coded.fields["content-encoding"] == "gzip")
      #expect(coded.fields["vary"] == "Accept-Encoding")
      #expect(try await decode(coded) == plain.body)
    }
  }

  @Test("HEAD of a whole page has its length as it is, and none where it would be coded")
  func head() async throws {
    try await RunningServer.with(Self.pages) { server in
      let requests = ["identity", "gzip"].map { "HEAD /whole HTTP/1.1\r\nAccept-Encoding: \($0)\r\nHost: x\r\n\r\n" }
      let answers = try await server.exchange(requests.joined())
      #expect(answers.map { $0.fields["content-length"] } == ["60000", nil])
      #expect(answers.map { $0.fields["content-encoding"] } == [nil, "gzip"])
      #expect(answers.map { $0.fields["transfer-encoding"] } == [nil, nil])
    }
  }

  @Test("curl --compressed reads every page", arguments: ["/whole", "/chunks", "/chunk", "/tiny"])
  func curl(path: String) async throws {
    try await RunningServer.with(Self.pages) { server in
      let url = "http://127.0.0.1:\(server.port)\(path)"
      let plain = try await Subprocess.check(["/usr/bin/curl", "-sSf", url])
      #expect(!plain.isEmpty)
      #expect(try await Subprocess.check(["/usr/bin/curl", "-sSf", "--compressed", url]) == plain)
      #expect(try await Subprocess.check(["/usr/bin/curl", "-sSf0", "--compressed", url]) == plain)
      #expect(
        try await Subprocess.check(["/usr/bin/curl", "-sSf", "--compressed", "-H", "Accept-Encoding: gzip", url])
          == plain)
    }
  }
}
