import Bcrypt
import Dispatch
import Logging
import Settings
import Synchronization
import Yaml

/// A configuration that cannot be used: in Spanish, without secrets.
struct WebConfigurationError: Error, CustomStringConvertible, Equatable {
  let description: String
  init(_ description: String) { self.description = description }
}

/// `--web.config.file`, looked at again for each connection and request, as exporter-toolkit does: some stat(2)s on a
/// thread of its own, and a new reading only where a file changed. One that cannot be used is logged once, and what was
/// read before stays.
final class WebConfigurationFile: Sendable {
  /// What a reading gave.
  struct Contents: Sendable {
    let configuration: WebConfiguration
    let tls: TLSTransport?
  }

  private struct State {
    var contents: Contents
    var stamps: [FileStamp]
    /// Somebody looks already: who comes meanwhile takes what there is, so that a file system that hangs holds up
    /// one request and not all.
    var isLooking = false
  }

  private let path: String
  private let logger: Logger
  private let state: Mutex<State>
  private let thread = DispatchQueue(label: "web.config.file")

  /// Reads it; blocks.
  init(path: String, logger: Logger) throws(WebConfigurationError) {
    self.path = path
    self.logger = logger
    let contents = try Self.read(path)
    let stamps = Self.stamps(path, contents.configuration)
    state = Mutex(State(contents: contents, stamps: stamps))
    if contents.configuration.wantsHTTP2, contents.tls != nil { logger.debug("HTTP/1.1 is served, not HTTP/2") }
  }

  /// As it was at the start: what cannot change while the server runs.
  var now: Contents { state.withLock { $0.contents } }

  /// As the file is at this moment.
  func latest() async -> Contents {
    let isFirst = state.withLock { state in
      defer { state.isLooking = true }
      return !state.isLooking
    }
    guard isFirst else { return now }
    return await withCheckedContinuation { continuation in
      thread.async {
        self.look()
        continuation.resume(returning: self.now)
      }
    }
  }

  private func look() {
    defer { state.withLock { $0.isLooking = false } }
    let (before, known) = state.withLock { ($0.contents, $0.stamps) }
    let stamps = Self.stamps(path, before.configuration)
    guard stamps != known else { return }
    do throws(WebConfigurationError) {
      let contents = try Self.read(path)
      guard (contents.tls == nil) == (before.tls == nil) else {
        throw WebConfigurationError("TLS no se prende ni se apaga sin reiniciar")
      }
      let stamps = Self.stamps(path, contents.configuration)
      state.withLock { ($0.contents, $0.stamps) = (contents, stamps) }
      logger.info("the web configuration was read again", metadata: ["path": "\(path)"])
    } catch {
      state.withLock { $0.stamps = stamps }
      logger.error(
        "the web configuration cannot be used; what was read before stays", error: error, metadata: ["path": "\(path)"])
    }
  }

  private static func read(_ path: String) throws(WebConfigurationError) -> Contents {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileReader.bytes(of: path) } catch {
      throw WebConfigurationError("no se puede leer \(path): \(error)")
    }
    do throws(YamlError) {
      let root = try YamlDocument.parse(bytes: bytes)
      let configuration = try WebConfiguration(root, directory: directory(of: path))
      return Contents(configuration: configuration, tls: try transport(configuration.tls, path))
    } catch {
      throw WebConfigurationError("\(path): \(error)")
    }
  }

  private static func transport(_ settings: TLSSettings?, _ path: String) throws(YamlError) -> TLSTransport? {
    guard let settings else { return nil }
    do throws(WebConfigurationError) { return try TLSTransport(settings) } catch {
      throw YamlError(error.description, line: 1)
    }
  }

  private static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "" : String(path[..<$0]) } ?? "."
  }

  /// Of the file and of those that it names.
  private static func stamps(_ path: String, _ configuration: WebConfiguration) -> [FileStamp] {
    let sources = [configuration.tls?.certificate, configuration.tls?.key, configuration.tls?.clientAuthority]
    let named = sources.compactMap { source -> String? in
      if case .file(let path) = source { path } else { nil }
    }
    return ([path] + named).map(FileStamp.init)
  }
}
