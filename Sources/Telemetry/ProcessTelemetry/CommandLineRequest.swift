/// What a command line asks for. Settings come from the environment.
package enum CommandLineRequest: Equatable {
  /// nil: nothing was said, and the process does what it is there for.
  case run(verb: String?)
  case help
  case version
  /// An argument that is not known.
  case mistake(String)

  /// - Parameters:
  ///   - arguments: without the executable's name.
  ///   - verbs: what may stand there, once.
  package init(_ arguments: [String], verbs: [String] = []) {
    self = .run(verb: nil)
    for argument in arguments {
      switch argument {
      case "--help", "-h": self = .help
      case "--version": self = .version
      case _ where verbs.contains(argument) && self == .run(verb: nil): self = .run(verb: argument)
      default:
        self = .mistake(argument)
        return
      }
    }
  }
}
