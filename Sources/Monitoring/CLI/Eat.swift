import ArgumentParser
import Drills

/// The process that a drill puts into a control group. Not for people.
struct Eat: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take memory or processor within a control group, until killed.", shouldDisplay: false)

  @Option(help: "A directory of the control group; as often as there are.")
  var group: [String]

  @Option var memoryBytes: Int?

  @Flag var processor = false

  func validate() throws {
    guard processor == (memoryBytes == nil) else { throw ValidationError("one of --memory-bytes and --processor") }
  }

  func run() throws {
    try Eater.enter(group)
    if let memoryBytes { try Eater.eat(memoryBytes: memoryBytes) }
    Eater.burnProcessor()
  }
}
