/// Keys of docker's rendering that Debian's versions refuse; their checkers judge the rest.
package enum NewerKeys {
  /// Newer than Prometheus 2.42.
  package static let prometheus = [
    "scrape_native_histograms", "always_scrape_classic_histograms", "scrape_protocols",
  ]
  /// Newer than Alertmanager 0.25: `url_file` of a webhook.
  package static let alertmanager = ["url_file"]

  /// Docker's rendering as Debian's versions can read it.
  package static func removed(from text: String) -> String {
    // A key goes with what stands deeper below it.
    var newerDepth: Int?
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      let depth = line.prefix { $0 == " " }.count
      if let newer = newerDepth, depth > newer { return false }
      newerDepth = prometheus.contains { line.contains("\($0):") } ? depth : nil
      return newerDepth == nil
    }
    return
      lines
      .map { line in
        // Without its address the receiver would be incomplete: the older key takes its place.
        alertmanager.reduce(String(line)) { $0.replacing(" \($1): ", with: " url: http://x") }
      }.joined(separator: "\n")
  }
}
