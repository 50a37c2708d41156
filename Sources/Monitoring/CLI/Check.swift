import ArgumentParser

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fail if a committed file is not what the code generates.")

  @OptionGroup var options: RootOption

  func run() throws {
    let differences = try options.tree().differences()
    if differences.isEmpty { return }
    for difference in differences { print(difference.text) }
    print("Run `swift run observability generate` and commit the result.")
    throw ExitCode.failure
  }
}
