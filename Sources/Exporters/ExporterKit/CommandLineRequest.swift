/// What a command line asks for. Settings come from the environment.
enum CommandLineRequest: Equatable {
  case run
  case help
  case version
  /// An argument that is not known.
  case mistake(String)

  /// - Parameter arguments: without the executable's name.
  init(_ arguments: [String]) {
    self = .run
    for argument in arguments {
      switch argument {
      case "--help", "-h": self = .help
      case "--version": self = .version
      default:
        self = .mistake(argument)
        return
      }
    }
  }
}
