import Glibc

/// The spill directory cannot be used.
struct SpillError: Error, CustomStringConvertible {
  let description: String
  /// The system's; 0 where it was not the system.
  var code: Int32 = 0

  /// Worth another try: the process or the system is short of something.
  var isPassing: Bool { [EMFILE, ENFILE, ENOMEM].contains(code) }

  static func failed(_ operation: String, _ path: String, code: Int32 = errno) -> SpillError {
    SpillError(description: "cannot \(operation) \(path): \(String(cString: strerror(code)))", code: code)
  }
}
