import ExporterKit
import Synchronization

/// Files that more than one collector wants, read once a sweep: the kernel makes `/proc/stat` for `cpu` and `stat`
/// together, and both tell of the same moment. It lives as long as its sweep, so that no scrape is served what another
/// one read. Nobody waits: who comes while another still reads, reads himself, so that a reading that hangs keeps no
/// other collector. Costs a copy of the file.
final class SharedReadings: Sendable {
  /// Of all files together; what would pass it is read by each.
  static let maximumBytes = 1 << 20

  private struct State {
    var texts: [String: [UInt8]] = [:]
    var bytes = 0
  }

  private let state = Mutex(State())

  func text(of path: String) -> [UInt8]? { state.withLock { $0.texts[path] } }

  func keep(_ text: Bytes, of path: String) {
    state.withLock { state in
      guard text.count <= Self.maximumBytes - state.bytes, state.texts[path] == nil else { return }
      state.texts[path] = text.array
      state.bytes += text.count
    }
  }
}

extension NodeHost {
  /// As `withBytes(of:_:)`, for a file that other collectors read too. Outside of a sweep nothing is shared.
  /// - Parameter isKept: reads as `withKeptBytes(of:_:)` does, under its conditions.
  package func withSharedBytes<Result>(
    of path: String, isKept: Bool = false, _ body: (Bytes) throws -> Result
  ) throws -> Result {
    guard let shared else { return try isKept ? withKeptBytes(of: path, body) : withBytes(of: path, body) }
    if let text = shared.text(of: path) { return try text.withUnsafeBytes { try body(Bytes($0)) } }
    func read(_ text: Bytes) throws -> Result {
      shared.keep(text, of: path)
      return try body(text)
    }
    return try isKept ? withKeptBytes(of: path, read) : withBytes(of: path, read)
  }
}
