/// Keys of docker's rendering that Debian's versions refuse; their checkers judge the rest.
package enum NewerKeys {
  /// Newer than Prometheus 2.42.
  package static let prometheus = ["scrape_native_histograms", "always_scrape_classic_histograms"]
  /// Newer than Alertmanager 0.25: `url_file` of a webhook.
  package static let alertmanager = ["url_file"]

  /// Docker's rendering as Debian's versions can read it.
  package static func removed(from text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.filter { line in !prometheus.contains { line.contains("\($0):") } }
      .map { line in
        // Without its address the receiver would be incomplete: the older key takes its place.
        alertmanager.reduce(String(line)) { $0.replacing(" \($1): ", with: " url: http://x") }
      }.joined(separator: "\n")
  }
}
