/// Units in metrics' names (https://prometheus.io/docs/practices/naming/#base-units; the words are those that promtool
/// knows, and percent).
enum MeasurementUnits {
  private static let base: [String: String] = [
    "amperes": "amperes", "bytes": "bytes", "celsius": "celsius", "grams": "grams", "joules": "joules",
    "kelvin": "kelvin", "meters": "meters", "metres": "metres", "seconds": "seconds", "volts": "volts",
    "minutes": "seconds", "hours": "seconds", "days": "seconds", "weeks": "seconds", "kelvins": "kelvin",
    "fahrenheit": "celsius", "rankine": "celsius", "inches": "meters", "yards": "meters", "miles": "meters",
    "bits": "bytes", "calories": "joules", "pounds": "grams", "ounces": "grams", "percent": "ratio",
  ]

  private static let prefixes = [
    "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi", "mega", "mebi", "mibi", "giga",
    "gibi", "tera", "tebi", "peta", "pebi",
  ]

  private static let abbreviations: Set<String> = [
    "s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d",
  ]

  /// The units that are not what their quantity is measured in, each with that.
  static func notBase(in name: String) -> [(unit: String, base: String)] {
    name.split(separator: "_").compactMap { word in
      let word = String(word)
      guard let unit = base(of: word), unit != word else { return nil }
      return (word, unit)
    }
  }

  static func abbreviations(in name: String) -> [String] {
    // The first word is what the metric is about; promtool looks behind underscores alone, too.
    name.lowercased().split(separator: "_", omittingEmptySubsequences: false).dropFirst().map(String.init)
      .filter(abbreviations.contains)
  }

  /// nil for what is no unit.
  private static func base(of word: String) -> String? {
    if let known = base[word] { return known }
    return prefixes.lazy.compactMap { word.hasPrefix($0) ? base[String(word.dropFirst($0.count))] : nil }.first
  }
}
