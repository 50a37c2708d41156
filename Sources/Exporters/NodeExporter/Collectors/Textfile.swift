import Catalog
import ExporterKit
import Glibc
import Logging
import MetricModel
import Synchronization
import Telemetry
import Topology

/// The metrics that other programs leave in `*.prom` files, and whether those could be read. A bad file harms only
/// itself, and no family of theirs can take one of ours away. Costs a read a file and about 1 µs a sample.
final class TextfileCollector: NodeCollector {
  let name = "textfile"
  let help = "Métricas que otros programas dejan en archivos .prom."
  /// Past this a file is refused: 8 MiB.
  static let maximumFileBytes = 8 << 20
  /// Of all directories together.
  static let maximumFiles = 1_000
  /// Of all files together.
  static let maximumSamples = 100_000

  private static let directory = Flag(
    "collector.textfile.directory", .list, placeholder: "DIR", default: "/var/lib/prometheus/node-exporter",
    "Directorio de los archivos .prom; admite comodines y se puede repetir.")
  static let flags = [directory]

  /// What the files may not bring: our own word about them and about the scrape.
  private static let reserved = Set((Host.Textfile.all + ExporterSelf.node.all).map(\.name))

  private let patterns: [String]
  /// Whether it counts as an error that a directory is not there.
  private let isDemanded: Bool
  /// Of the last scrape, by file or directory.
  private let problems = Mutex<[String: String]>([:])

  init(_ flags: FlagValues) {
    patterns = flags.list(Self.directory)
    isDemanded = flags.isGiven(Self.directory)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    batch.isForeign = true
    var page = TextfilePage(maximumSamples: Self.maximumSamples)
    var paths: [String] = []
    for directory in patterns.flatMap(Self.directories) {
      do {
        let names = try host.entries(of: directory).filter { $0.hasSuffix(".prom") }
        paths += names.map { Self.path(directory, $0) }
      } catch {
        guard isDemanded || !error.isAbsence else { continue }
        page.note(error, of: directory)
      }
    }
    if paths.count > Self.maximumFiles { page.note(TextfileExcess(count: paths.count), of: "*.prom") }
    for path in paths.prefix(Self.maximumFiles) { read(path, host, into: &page) }
    page.add(to: &batch)
    log(page.problems)
  }

  private func read(_ path: String, _ host: NodeHost, into page: inout TextfilePage) {
    do {
      let modified = try Self.check(path)
      let families = try host.withBytes(of: path) { bytes in
        try ExpositionText.families(in: bytes, maximumSamples: page.samplesLeft)
      }
      if let taken = families.first(where: { Self.reserved.contains($0.name) }) {
        page.note(TextfileConflict(family: taken.name, what: "belongs to the exporter itself"), of: path)
      }
      page.append(families.filter { !Self.reserved.contains($0.name) }, of: path)
      page.mtimes.append((path, modified))
    } catch {
      page.note(error, of: path)
    }
  }

  /// - Returns: when it was last changed. A pipe would be waited for, hence regular files alone.
  private static func check(_ path: String) throws(HostError) -> Int {
    var entry = stat()
    guard stat(path, &entry) == 0 else { throw HostError(path: path, code: errno) }
    guard entry.st_mode & S_IFMT == S_IFREG else { throw HostError(path: path, code: EINVAL) }
    guard Int(entry.st_size) <= maximumFileBytes else { throw HostError(path: path, code: EFBIG) }
    return entry.st_mtim.tv_sec
  }

  /// Without empty and dot components, as the standard exporter labels it.
  private static func path(_ directory: String, _ name: String) -> String {
    let parts = directory.split(separator: "/").filter { $0 != "." } + [name[...]]
    return (directory.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// What a pattern stands for; itself where nothing is found.
  private static func directories(_ pattern: String) -> [String] {
    guard pattern.contains(where: { "*?[\\".contains($0) }) else { return [pattern] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [pattern] }
    return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  }

  /// Logs what changes, and no repetition.
  private func log(_ now: [String: String]) {
    let before = problems.withLock { problems in
      defer { problems = now }
      return problems
    }
    guard before != now else { return }
    // Not earlier: the log is set up after the collectors' list is made.
    let logger = Logger(label: Platform.nodeExporter.name)
    for (subject, problem) in now.sorted(by: { $0.key < $1.key }) where before[subject] != problem {
      logger.error(
        "a text file is left out, or a part of it; while that lasts this is not repeated",
        metadata: ["file": "\(subject)", "problem": "\(problem)"])
    }
    for subject in before.keys.sorted() where now[subject] == nil {
      logger.notice("a text file is read again, or gone", metadata: ["file": "\(subject)"])
    }
  }
}

private struct TextfileExcess: Error, CustomStringConvertible {
  let count: Int
  var description: String { "\(count) files, of which the first \(TextfileCollector.maximumFiles) are read" }
}
