import Glibc

/// What the system gives a process, without Foundation.
package enum ProcessSurroundings {
  /// The environment with which the process was started (proc(5)); empty where there is no `/proc`.
  package static func environment() -> [String: String] {
    let descriptor = open("/proc/self/environ", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [:] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return variables(bytes) }
      bytes += chunk[..<count]
    }
  }

  /// `NAME=value`, each ended by a zero byte.
  package static func variables(_ bytes: [UInt8]) -> [String: String] {
    let pairs = bytes.split(separator: 0).map { variable in
      let parts = variable.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (String(decoding: parts[0], as: UTF8.self), String(decoding: parts.dropFirst().joined(), as: UTF8.self))
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// As gethostname(2) has it.
  package static var hostName: String {
    var bytes = [UInt8](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// As many open files as the system allows this process, as Go's runtime does: the soft limit is low for the sake of
  /// select(2), which nobody here calls.
  package static func raiseDescriptorLimit() {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(resource, &limit)
  }

  package static func print(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// One line for the operator, who reads it without the log.
  package static func complain(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
