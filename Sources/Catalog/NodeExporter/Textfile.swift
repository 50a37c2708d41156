import MetricModel

extension Host {
  /// The files of others whose metrics are on our page, beside those metrics.
  package enum Textfile {
    package static let mtime = Family<Gauge, TextfileName>(
      "node_textfile_mtime_seconds", "Unixtime mtime of textfiles successfully read.", unit: .seconds, use: parity)
    package static let scrapeError = Family<Gauge, NoLabels>(
      "node_textfile_scrape_error", "1 if there was an error opening or reading a file, 0 otherwise", use: parity)

    package static let all: [FamilyDescriptor] = [mtime.descriptor, scrapeError.descriptor]
  }
}

package enum TextfileNameKey: LabelKey { package static let name = "file" }
/// With its directory.
package typealias TextfileName = OpenValue<TextfileNameKey>
