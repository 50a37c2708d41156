import Foundation

/// A metrics page in text 0.0.4, read for a test.
struct Page {
  struct Series: Hashable {
    let name: String
    let labels: [String: String]
  }

  private(set) var types: [String: String] = [:]
  private(set) var helps: [String: String] = [:]
  private(set) var values: [Series: Double] = [:]

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# TYPE ") {
        let words = line.split(separator: " ")
        types[String(words[2])] = String(words[3])
      } else if line.hasPrefix("# HELP ") {
        let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        helps[String(words[2])] = words.count > 3 ? String(words[3]) : ""
      } else if !line.hasPrefix("#"), let match = line.wholeMatch(of: /(\w+)(?:\{(.*)\})? (\S+)/) {
        let pairs = (match.2 ?? "").matches(of: /(\w+)="((?:[^"\\]|\\.)*)"/).map { (String($0.1), String($0.2)) }
        values[Series(name: String(match.1), labels: Dictionary(pairs) { $1 })] = Double(match.3)
      }
    }
  }

  /// The value of the one series with these labels among others.
  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    values.first { series, _ in
      series.name == name && labels.allSatisfy { series.labels[$0.key] == $0.value }
    }?.value
  }

  func success(of collector: String) -> Double? {
    value("pg_scrape_collector_success", ["collector": collector])
  }
}
