import ArgumentParser

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Write the generated files into the checkout.")

  @OptionGroup var options: RootOption

  func run() throws {
    for path in try options.tree().write() { print(path) }
  }
}
