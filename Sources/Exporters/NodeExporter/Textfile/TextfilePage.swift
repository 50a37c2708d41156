import Catalog
import MetricModel
import Telemetry

/// What the files of one scrape bring together. It does no IO.
struct TextfilePage {
  private struct Entry {
    var family: ForeignFamily
    var paths: [String]
  }

  /// What is wrong, by file or directory.
  private(set) var problems: [String: String] = [:]
  /// Whole seconds since the epoch, as the standard exporter says them.
  var mtimes: [(path: String, seconds: Int)] = []
  private var entries: [Entry] = []
  private var positions: [String: Int] = [:]
  private(set) var samplesLeft: Int

  init(maximumSamples: Int) { samplesLeft = maximumSamples }

  /// Leaves out a family whose help text or type is not that of the first file that has it.
  mutating func append(_ families: [ForeignFamily], of path: String) {
    for family in families {
      guard let position = positions[family.name] else {
        positions[family.name] = entries.count
        entries.append(Entry(family: family, paths: [path]))
        samplesLeft -= family.series.count
        continue
      }
      let first = entries[position]
      let hasHelp = family.help != nil && first.family.help != nil
      if hasHelp && family.help != first.family.help || family.kind != first.family.kind {
        let what = "has another type or help text in \(first.paths[0])"
        note(TextfileConflict(family: family.name, what: what), of: path)
        continue
      }
      entries[position].family.append(family)
      entries[position].family.help = first.family.help ?? family.help
      entries[position].paths.append(path)
      samplesLeft -= family.series.count
    }
  }

  mutating func note(_ problem: any Error, of subject: String) { problems[subject] = "\(problem)" }

  func add(to batch: inout SampleBatch) {
    batch.add(Host.Textfile.scrapeError, problems.isEmpty ? 0 : 1)
    for (path, seconds) in mtimes.sorted(by: { $0.path < $1.path }) {
      batch.add(Host.Textfile.mtime, TextfileName(path), Double(seconds))
    }
    for entry in entries {
      let help = entry.family.help ?? "Metric read from \(entry.paths.joined(separator: ", "))"
      entry.family.add(to: &batch, help: help)
    }
  }
}

/// A family that two want to say something else of.
struct TextfileConflict: Error, CustomStringConvertible, Equatable {
  let family: String
  let what: String
  var description: String { "\(family) \(what): what this file says of it is left out" }
}
