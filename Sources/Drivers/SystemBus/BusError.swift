import Glibc

/// What the bus or the service behind it refused.
package struct BusError: Error, CustomStringConvertible, Equatable {
  /// What was asked.
  package let subject: String
  /// As errno(3) numbers it; sd-bus translates the services' names of errors.
  package let code: Int32

  /// - Parameter result: of a function of sd-bus: negative for an error.
  package init(_ subject: String, _ result: Int32) {
    self.subject = subject
    code = 0 &- result
  }

  package var description: String { "\(subject): \(String(cString: strerror(code)))" }
}
