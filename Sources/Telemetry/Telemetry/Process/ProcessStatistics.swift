import Glibc

/// What the kernel says about this process: `/proc/self/statm` (proc(5)) and its neighbours, getrusage(2), getrlimit(2).
public struct ProcessStatistics: Sendable {
  /// User and system time.
  public let cpuSeconds: Double
  /// What is in memory, shared pages included.
  public let residentBytes: Double
  /// The address space, most of which may never be touched.
  public let virtualBytes: Double
  /// The soft limit of the address space; past 10^19 where there is none.
  public let maximumVirtualBytes: Double
  /// Of the whole process.
  public let threads: Double
  /// Seconds since the epoch.
  public let startTimeSeconds: Double
  /// Without the one that counts them.
  public let openDescriptors: Double
  /// The soft limit; past 10^19 where there is none.
  public let maximumDescriptors: Double

  /// nil where there is no `/proc`. `/proc/self/stat` has most of it at once, and costs the kernel five times as much.
  public static func read() -> ProcessStatistics? {
    let pages = numbers(of: "/proc/self/statm")
    guard pages.count > 1, let startTimeSeconds else { return nil }
    let pageBytes = Double(sysconf(Int32(_SC_PAGESIZE)))
    return ProcessStatistics(
      cpuSeconds: UsageStatistics.read().cpuSeconds,
      residentBytes: pages[1] * pageBytes,
      virtualBytes: pages[0] * pageBytes,
      maximumVirtualBytes: limit(RLIMIT_AS),
      threads: Double(threads()),
      startTimeSeconds: startTimeSeconds,
      openDescriptors: Double(descriptors()),
      maximumDescriptors: limit(RLIMIT_NOFILE))
  }

  /// The boot's time (`btime` of `/proc/stat`) and field 22 of `/proc/self/stat`.
  private static let startTimeSeconds: Double? = {
    let stat = contents(of: "/proc/stat").split(separator: UInt8(ascii: "\n"))
    let boot = stat.first { $0.starts(with: "btime ".utf8) }.map { numbers($0.dropFirst("btime ".utf8.count)) } ?? []
    // The name in parentheses may hold spaces; what follows is field 3 and up.
    let own = contents(of: "/proc/self/stat")
    let fields = own.lastIndex(of: UInt8(ascii: ")")).map { numbers(own[($0 + 1)...]) } ?? []
    guard let boot = boot.first, fields.count > 19 else { return nil }
    return boot + fields[19] / Double(sysconf(Int32(_SC_CLK_TCK)))
  }()

  private static func numbers(of path: String) -> [Double] { numbers(contents(of: path)[...]) }

  /// Of words between blanks; what is no number is of no use.
  private static func numbers(_ text: ArraySlice<UInt8>) -> [Double] {
    text.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { word in
      word.reduce(0) { $0 * 10 + Double($1 &- UInt8(ascii: "0")) }
    }
  }

  private static func contents(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: chunkBytes) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
      }
      // A read that is not full says nothing: the kernel gives whole lines.
      if chunk.isEmpty { return bytes }
      bytes = bytes.isEmpty ? chunk : bytes + chunk
    }
  }

  private static let chunkBytes = 4096

  private static func limit(_ resource: __rlimit_resource) -> Double {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    return Double(limit.rlim_cur)
  }

  /// A directory of threads has a link to each, and two of its own (fs/proc/base.c, `proc_task_getattr`).
  private static func threads() -> Int {
    var directory = stat()
    return stat("/proc/self/task", &directory) == 0 ? max(0, Int(directory.st_nlink) - 2) : 0
  }

  private static func descriptors() -> Int {
    var directory = stat()
    // Linux 6.2 and later: the directory's size is their number (fs/proc/fd.c, `proc_fd_getattr`).
    if stat("/proc/self/fd", &directory) == 0, directory.st_size > 0 { return directory.st_size }
    guard let entries = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(entries) }
    var count = 0
    while readdir(entries) != nil { count += 1 }
    // Without `.`, `..` and the descriptor that reads the directory.
    return max(0, count - 3)
  }
}
