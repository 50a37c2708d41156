import ExporterKit
import JSON

/// An object of the JSON files that stand in for the kernel in tests, as Go decodes it: upper and lower case in names
/// are the same, and what is not there is empty or 0.
struct FixtureRecord {
  private let members: [String: JSONValue]

  init(_ value: JSONValue?) {
    guard case .object(let members) = value else {
      self.members = [:]
      return
    }
    self.members = Dictionary(members.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
  }

  /// - Parameter name: in lower case.
  func text(_ name: String) -> String { members[name]?.string ?? "" }
  /// - Parameter name: in lower case.
  func number(_ name: String) -> Double { members[name]?.number?.double ?? 0 }

  /// The records of a file that is an array of them.
  /// - Throws: for a file that is not there or is no JSON.
  static func list(_ path: String, on host: NodeHost) throws -> [FixtureRecord] {
    (try value(path, on: host).array ?? []).map { FixtureRecord($0) }
  }

  static func value(_ path: String, on host: NodeHost) throws -> JSONValue {
    try host.withBytes(of: path) { text in try JSONValue((0..<text.count).map { text[$0] }) }
  }
}
