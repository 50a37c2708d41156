import Compression
import Foundation
import TestSupport
import Testing

/// What the tools of the formats' authors make of our bytes.
@Suite("Compression")
struct StreamTests {
  enum Codec: String, CaseIterable, Sendable {
    case gzip
    case zstd

    /// - Parameter bodies: each in the pieces in which the stream is fed.
    func compress(_ bodies: [[[UInt8]]]) throws -> [UInt8] {
      switch self {
      case .gzip: try StreamTests.compress(bodies, with: GzipStream())
      case .zstd: try StreamTests.compress(bodies, with: ZstdStream())
      }
    }

    /// As the format's own command reads it; it fails on what is cut, or has the wrong check sum.
    func decompress(_ bytes: [UInt8]) async throws -> [UInt8] {
      let directory = try TemporaryDirectory("compression")
      let (packed, plain) = (directory.file("packed"), directory.file("plain"))
      try Data(bytes).write(to: URL(fileURLWithPath: packed))
      try await Subprocess.check(["/bin/sh", "-c", "\(rawValue) -dc < '\(packed)' > '\(plain)'"])
      return try [UInt8](Data(contentsOf: URL(fileURLWithPath: plain)))
    }
  }

  private static func compress<Stream: CompressionStream & ~Copyable>(
    _ bodies: [[[UInt8]]], with made: consuming Stream
  ) throws -> [UInt8] {
    var stream = made
    var output: [UInt8] = []
    for pieces in bodies {
      for piece in pieces { try stream.append(piece, to: &output) }
      try stream.finish(into: &output)
    }
    return output
  }

  /// Text that repeats itself, as a page of metrics does.
  private static let page = (0..<4000).flatMap { index in
    Array("http_requests_total{route=\"/productos/{id}\",status=\"\(index % 7)00\"} \(index * 37)\n".utf8)
  }
  private static let noise = (0..<200_000).map { _ in UInt8.random(in: 0...255) }

  @Test("bodies of every size come back, whatever the pieces", arguments: Codec.allCases, [0, 1, 1000, 100_000])
  func roundTrip(codec: Codec, pieceBytes: Int) async throws {
    for body in [[], [7], Self.page, Self.noise] {
      let size = pieceBytes == 0 ? max(body.count, 1) : pieceBytes
      // A piece for each byte of a long body would test the patience alone.
      let part = pieceBytes == 1 ? Array(body.prefix(5000)) : body
      let pieces = stride(from: 0, to: part.count, by: size).map { Array(part[$0..<min($0 + size, part.count)]) }
      #expect(try await codec.decompress(try codec.compress([pieces])) == part, "\(part.count) bytes")
    }
  }

  @Test("a page becomes much smaller", arguments: Codec.allCases)
  func ratio(codec: Codec) throws {
    #expect(try codec.compress([[Self.page]]).count * 5 < Self.page.count)
  }

  @Test("one stream serves many bodies, each as if it were the first", arguments: Codec.allCases)
  func reuse(codec: Codec) async throws {
    let bodies = [[Self.page], [], [Self.noise], [Self.page]]
    let alone = try bodies.map { try codec.compress([$0]) }
    #expect(try codec.compress(bodies) == alone.flatMap(\.self))
    #expect(try await codec.decompress(alone.flatMap(\.self)) == bodies.flatMap(\.self).flatMap(\.self))
  }

  @Test("a parameter out of its range is refused with a reason")
  func refused() {
    for level in [Int32(-5), 10] {
      #expect(throws: CompressionError.self) { _ = try GzipStream(level: level) }
    }
    #expect(throws: CompressionError.refused(codec: "gzip", reason: "stream error")) {
      _ = try GzipStream(windowBits: 16)
    }
    #expect(throws: CompressionError.refused(codec: "zstd", reason: "no level 0")) { _ = try ZstdStream(level: 0) }
    #expect(throws: CompressionError.self) { _ = try ZstdStream(level: 100) }
    #expect(throws: CompressionError.refused(codec: "zstd", reason: "Parameter is out of bound")) {
      _ = try ZstdStream(windowBits: 5)
    }
  }

  @Test("smaller windows still make the format's bytes")
  func windows() async throws {
    let gzip = try Self.compress([[Self.page]], with: GzipStream(level: 1, windowBits: 9, memoryLevel: 1))
    #expect(try await Codec.gzip.decompress(gzip) == Self.page)
    let zstd = try Self.compress([[Self.page]], with: ZstdStream(level: 1, windowBits: 10))
    #expect(try await Codec.zstd.decompress(zstd) == Self.page)
  }
}
