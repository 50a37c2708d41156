import ArgumentParser
import Render

struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the catalogue, the alerts and the dashboards as lists.")

  func run() throws {
    let problems = Linter.problems()
    if problems.isEmpty { return }
    for problem in problems { print(problem) }
    throw ExitCode.failure
  }
}
