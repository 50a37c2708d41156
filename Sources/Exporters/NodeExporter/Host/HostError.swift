import Glibc

/// What the system refused, for which file.
package struct HostError: Error, CustomStringConvertible, Equatable {
  package let path: String
  /// As errno(3) numbers it.
  package let code: Int32

  package init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }

  /// The file is not there, or went away while it was read (a process, a device): no failure of the whole.
  package var isAbsence: Bool { code == ENOENT || code == ENODEV || code == ESRCH || code == ENOTDIR }

  /// The kernel has no answer for this subject, or none at the moment.
  package var isRefusal: Bool {
    isAbsence || code == EOPNOTSUPP || code == ENETDOWN || code == ENOTCONN || code == EINVAL
  }

  package var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// A file that does not look as its documentation says.
package struct HostFormatError: Error, CustomStringConvertible, Equatable {
  package let path: String
  package let problem: String

  package init(_ path: String, _ problem: String) {
    self.path = path
    self.problem = problem
  }

  package var description: String { "\(path): \(problem)" }
}
