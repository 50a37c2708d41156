import Alerts
import Routing
import Topology

/// `silences.tsv`: for each program the silence that goes with its restart. `deploy/local/silence.sh` reads it.
///
/// | column | meaning |
/// |---|---|
/// | name | of the program |
/// | seconds | after which the silence ends by itself |
/// | body | what is posted to Alertmanager's `/api/v2/silences`, without its two times |
///
/// Programs whose restart causes no alert have no line.
struct DeploymentSilences {
  let alerts: [Alert]

  func file() throws -> RenderedFile {
    let lines = Platform.processes.compactMap { DeploymentSilence(of: $0, among: alerts) }.map { silence in
      "\(silence.program)\t\(DeploymentSilence.longestSeconds)\t\(body(of: silence))\n"
    }
    return RenderedFile(path: "silences.tsv", contents: lines.joined())
  }

  /// On one line: no text of ours has a line end.
  private func body(of silence: DeploymentSilence) -> String {
    let json: JSON = [
      "comment": .text(silence.comment), "createdBy": .text(DeploymentSilence.author),
      "matchers": .list(silence.matchers.map(matcher)),
    ]
    return json.rendered.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
  }

  private func matcher(_ match: LabelMatch) -> JSON {
    [
      "name": .text(match.label), "value": .text(match.value), "isRegex": .flag(match.operation == .matches),
      "isEqual": .flag(match.operation != .differs),
    ]
  }
}
