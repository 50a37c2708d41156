import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_os_*`: os-release(5), in `/etc` or else in `/usr/lib`.
struct OsCollector: NodeCollector {
  let name = "os"
  let help = "Nombre y versión del sistema operativo."

  /// What a file says.
  private struct Release {
    private static let labelKeys = [
      "BUILD_ID", "ID", "ID_LIKE", "IMAGE_ID", "IMAGE_VERSION", "NAME", "PRETTY_NAME", "VARIANT", "VARIANT_ID",
      "VERSION", "VERSION_CODENAME", "VERSION_ID",
    ]

    let info: Host.Os.InfoLabels
    let versionLabels: Host.Os.VersionLabels
    let version: Double?
    let supportEnd: Double?

    init(_ values: [String: String]) {
      func value(_ key: String) -> String { values[key] ?? "" }
      info = Host.Os.InfoLabels(Self.labelKeys.map(value))
      versionLabels = Host.Os.VersionLabels(id: value("ID"), idLike: value("ID_LIKE"), name: value("NAME"))
      version = OsCollector.majorMinor(value("VERSION_ID")).flatMap { $0 > 0 ? $0 : nil }
      supportEnd = OsCollector.secondsSinceEpoch(date: value("SUPPORT_END"))
    }
  }

  /// By the whole of a file's text, which changes once in years.
  private let releases = NameTable<Release>()

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let paths = [host.root("etc/os-release"), host.root("usr/lib/os-release")]
    guard let path = paths.first(where: host.exists) else { throw NothingToRead("os-release") }
    let release = try host.withBytes(of: path) { bytes in
      releases.read { $0.value(of: bytes) { _ in Release(Self.values(bytes)) } }
    }
    batch.add(Host.Os.info, release.info, 1)
    if let version = release.version { batch.add(Host.Os.version, release.versionLabels, version) }
    if let supportEnd = release.supportEnd { batch.add(Host.Os.supportEnd, supportEnd) }
  }

  static func values(_ bytes: Bytes) -> [String: String] {
    var values: [String: String] = [:]
    bytes.forEachLine { line in
      guard let (key, value) = line.trimmed.cut(at: UInt8(ascii: "=")), !key.hasPrefix("#") else { return }
      values[key.trimmed.string] = unquoted(value.trimmed.string)
    }
    return values
  }

  /// As a shell would read an assignment: in double quotes a backslash escapes, in single ones nothing does.
  static func unquoted(_ text: String) -> String {
    guard text.utf8.count >= 2, let quote = text.first, quote == text.last else { return text }
    let inside = text.dropFirst().dropLast()
    if quote == "'" { return String(inside) }
    guard quote == "\"" else { return text }
    var result = ""
    var isEscaped = false
    for character in inside {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        result.append(character)
        isEscaped = false
      }
    }
    return result
  }

  /// The number that the version begins with, of two parts at most: 20.04 of `20.04.6`.
  static func majorMinor(_ version: String) -> Double? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).prefix(2)
    let digits = parts.map { $0.prefix { ("0"..."9").contains($0) } }
    guard let major = digits.first, !major.isEmpty else { return nil }
    // Behind a major part that goes on with letters there is no minor one.
    guard digits.count == 2, major.count == parts[0].count, !digits[1].isEmpty else { return Double(major) }
    return Double("\(major).\(digits[1])")
  }

  /// Midnight UTC of `2029-04-30`; nil for what is no date. By days_from_civil, Howard Hinnant, "chrono-Compatible
  /// Low-Level Date Algorithms".
  static func secondsSinceEpoch(date: String) -> Double? {
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2 else {
      return nil
    }
    let numbers = parts.compactMap { UInt16($0) }.map(Int.init)
    guard numbers.count == 3, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]) else { return nil }
    let (month, day) = (numbers[1], numbers[2])
    let year = month <= 2 ? numbers[0] - 1 : numbers[0]
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Double(era * 146_097 + dayOfEra - 719_468) * 86_400
  }
}
