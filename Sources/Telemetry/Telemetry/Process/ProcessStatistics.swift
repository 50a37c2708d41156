import Glibc

/// What the kernel says about this process: `/proc/self/stat` (proc(5)), `/proc/self/fd`, getrlimit(2).
public struct ProcessStatistics: Sendable {
  /// User and system time.
  public let cpuSeconds: Double
  /// What is in memory, shared pages included.
  public let residentBytes: Double
  /// The address space, most of which may never be touched.
  public let virtualBytes: Double
  /// Of the whole process.
  public let threads: Double
  /// Seconds since the epoch.
  public let startTimeSeconds: Double
  /// Without the one that counts them.
  public let openDescriptors: Double
  /// The soft limit; past 10^19 where there is none.
  public let maximumDescriptors: Double

  /// nil where there is no `/proc`.
  public static func read() -> ProcessStatistics? {
    guard let text = contents(of: "/proc/self/stat"), let close = text.lastIndex(of: ")") else { return nil }
    // The name in parentheses may hold spaces; what follows is field 3 and up.
    let fields = text[text.index(after: close)...].split(separator: " ").compactMap { Double($0) ?? 0 }
    guard fields.count > 21, let bootTime else { return nil }
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return ProcessStatistics(
      cpuSeconds: (fields[11] + fields[12]) / ticks,
      residentBytes: fields[21] * Double(sysconf(Int32(_SC_PAGESIZE))),
      virtualBytes: fields[20],
      threads: fields[17],
      startTimeSeconds: bootTime + fields[19] / ticks,
      openDescriptors: Double(countEntries(of: "/proc/self/fd")),
      maximumDescriptors: Double(limit.rlim_cur))
  }

  /// `btime` of `/proc/stat`; it does not change while the machine runs.
  private static let bootTime: Double? = {
    contents(of: "/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
      .flatMap { Double($0.dropFirst("btime ".count)) }
  }()

  private static func contents(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  /// Without `.`, `..` and the descriptor that reads the directory.
  private static func countEntries(of path: String) -> Int {
    guard let entries = opendir(path) else { return 0 }
    defer { closedir(entries) }
    var count = 0
    while readdir(entries) != nil { count += 1 }
    return max(0, count - 3)
  }
}
