import Digests

/// HMAC-SHA-256 (RFC 2104, FIPS 180-4) under a key that this process drew at its start and shows nobody: what a cache
/// keeps of a password instead of the password.
package struct KeyedDigest: Sendable {
  private static let blockBytes = 64
  private let inner: SHA256
  private let outer: SHA256

  package init() { self.init(key: (0..<32).map { _ in UInt8.random(in: 0...255) }) }

  /// - Parameter key: up to 64 bytes count.
  init(key: [UInt8]) {
    let padded = key.prefix(Self.blockBytes) + repeatElement(0, count: max(0, Self.blockBytes - key.count))
    var (inner, outer) = (SHA256(), SHA256())
    inner.update(padded.map { $0 ^ 0x36 })
    outer.update(padded.map { $0 ^ 0x5C })
    self.inner = inner
    self.outer = outer
  }

  package func digest(_ bytes: [UInt8]) -> [UInt8] {
    var (inner, outer) = (inner, outer)
    inner.update(bytes)
    outer.update(inner.finish())
    return outer.finish()
  }

  /// Of several texts, each with its length in front, so that no two lists are the same bytes.
  package func digest(_ parts: [String]) -> [UInt8] {
    digest(parts.flatMap { part in withUnsafeBytes(of: part.utf8.count.littleEndian, Array.init) + Array(part.utf8) })
  }
}
