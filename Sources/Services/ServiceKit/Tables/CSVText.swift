/// A row of CSV (RFC 4180 §2), with its line end.
package enum CSVText {
  package static func row(_ fields: [String?]) -> String {
    fields.map { quoted($0 ?? "") }.joined(separator: ",") + "\r\n"
  }

  /// A spreadsheet takes what begins with one of these for a formula, and runs it; a quote before it makes it text
  /// (OWASP, "CSV Injection"). A number may be negative.
  private static let formulaStarts: [Character] = ["=", "+", "-", "@", "\t", "\r"]

  private static let special = Set(",\"\n\r".utf8)

  private static func quoted(_ text: String) -> String {
    let isFormula = text.first.map(formulaStarts.contains) == true && text.wholeMatch(of: /-?\d+(\.\d+)?/) == nil
    let safe = isFormula ? "'" + text : text
    guard safe.utf8.contains(where: { Self.special.contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
