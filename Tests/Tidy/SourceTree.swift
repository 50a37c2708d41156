import Foundation

/// A text file of the repository.
struct SourceFile: Sendable {
  /// Relative to the root, with slashes.
  let path: String
  let text: String
  /// The text without comments and strings, where it is Swift; else the text.
  let code: String

  init(_ path: String, _ text: String) {
    self.path = path
    self.text = text
    code = path.hasSuffix(".swift") ? SwiftText.code(of: text) : text
  }

  var name: String { String(path.split(separator: "/").last ?? "") }
  /// Without the suffix.
  var stem: String { String(name.split(separator: ".").first ?? "") }
  var isSwift: Bool { path.hasSuffix(".swift") }
  var lineCount: Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

  func isInside(_ directories: [String]) -> Bool {
    directories.contains { path == $0 || path.hasPrefix($0 + "/") }
  }
}

/// The repository's own files: what a rule reads.
struct SourceTree: Sendable {
  let files: [SourceFile]

  var swift: [SourceFile] { files.filter(\.isSwift) }
  var sources: [SourceFile] { swift.filter { $0.isInside(["Sources"]) } }
  var tests: [SourceFile] { swift.filter { $0.isInside(["Tests"]) } }

  /// The tests run in the repository's root.
  static let repository: SourceTree = {
    let folders = ["Sources", "Tests", "Benchmarks", "scripts", "deploy", ".ci", "docs"]
    let top = ["Package.swift", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    let paths = folders.flatMap(paths(below:)) + top
    return SourceTree(
      files: paths.sorted().compactMap { path in
        (try? String(contentsOfFile: path, encoding: .utf8)).map { SourceFile(path, $0) }
      })
  }()

  private static func paths(below folder: String) -> [String] {
    guard let entries = FileManager.default.enumerator(atPath: folder) else { return [] }
    return entries.compactMap { $0 as? String }.map { "\(folder)/\($0)" }.filter { !$0.contains("/.") }
  }
}

extension String {
  /// The line, from 1, of an offset in UTF-16.
  func line(at offset: Int) -> Int {
    1 + utf16.prefix(offset).count { $0 == 0x0A }
  }

  /// Every match: its offset in UTF-16 and its groups, the whole first; "" for a group that took no part.
  func matches(_ pattern: String) -> [(offset: Int, groups: [String])] {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines]) else {
      return [(0, ["no regular expression: \(pattern)"])]
    }
    let text = self as NSString
    return expression.matches(in: self, range: NSRange(location: 0, length: text.length)).map { match in
      let groups = (0..<match.numberOfRanges).map { index in
        let range = match.range(at: index)
        return range.location == NSNotFound ? "" : text.substring(with: range)
      }
      return (match.range.location, groups)
    }
  }
}
