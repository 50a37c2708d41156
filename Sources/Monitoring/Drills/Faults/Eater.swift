import Foundation

/// The process in a hungry group, run as `observability eat`: it enters the group and takes what it is told to, until it
/// is killed.
package enum Eater {
  private static let chunkBytes = 1 << 20

  /// - Parameter groups: directories of the control group.
  package static func enter(_ groups: [String]) throws {
    // 0 stands for whoever writes it.
    for directory in groups { try ControlGroup.write("0", to: "\(directory)/cgroup.procs") }
  }

  /// Takes memory until this process has so much that is nobody else's, and keeps it.
  package static func eat(memoryBytes: Int) throws -> Never {
    while anonymousBytes < memoryBytes {
      guard let chunk = mmap(nil, chunkBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
        chunk != MAP_FAILED
      else { throw DrillError("no more memory: errno \(errno)") }
      // Memory counts once it is written to.
      memset(chunk, 1, chunkBytes)
    }
    while true { pause() }
  }

  package static func burnProcessor() -> Never {
    var number: UInt64 = 1
    while true { number = number &* 6_364_136_223_846_793_005 &+ 1 }
  }

  /// Source: proc(5), `RssAnon` of `/proc/PID/status`, in KiB.
  private static var anonymousBytes: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? .max >> 10) << 10
  }
}
