import Alerts
import ArgumentParser
import Render

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what an alert asks, what feeds it, when it fires and where its runbook is.")

  @Argument(help: "The alert's name.")
  var alert: String

  func run() throws {
    guard let found = Alerts.all.first(where: { $0.name == alert }) else {
      let names = Alerts.all.map(\.name).joined(separator: ", ")
      throw ValidationError("there is no alert \(alert); there are \(names)")
    }
    print(try Explanation(found).text(), terminator: "")
  }
}
