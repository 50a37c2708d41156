/// Keys of docker's rendering that Debian's versions refuse; their checkers judge the rest.
enum NewerKeys {
  /// Newer than Prometheus 2.42.
  static let prometheus = ["scrape_native_histograms", "always_scrape_classic_histograms", "scrape_protocols"]
  /// Newer than Alertmanager 0.25: `url_file` of a webhook.
  static let alertmanager = ["url_file"]
}
