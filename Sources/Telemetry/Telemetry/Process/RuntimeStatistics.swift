import CMalloc
import Glibc

/// What glibc's allocator says (mallinfo2(3)).
public struct MallocStatistics: Sendable, Equatable {
  /// What the arenas took from the system: the sum of the next two.
  public let arenaBytes: Double
  /// What the program holds of them.
  public let inUseBytes: Double
  /// What the allocator keeps for later.
  public let freeBytes: Double
  /// Of allocations with a mapping of their own, from 128 KiB up; not part of the others.
  public let mappedBytes: Double

  /// Under a microsecond in a process whose free memory is in few pieces. It visits each free piece under the arena's
  /// lock: 7 ms for half a million. Hence `MallocReader`.
  public static func read() -> MallocStatistics {
    let info = mallinfo2()
    return MallocStatistics(
      arenaBytes: Double(info.arena), inUseBytes: Double(info.uordblks), freeBytes: Double(info.fordblks),
      mappedBytes: Double(info.hblkhd))
  }
}

/// What the kernel counted for this process (getrusage(2)), since it began.
public struct UsageStatistics: Sendable, Equatable {
  /// User and system time.
  public let cpuSeconds: Double
  /// The process waited for something.
  public let voluntaryContextSwitches: Double
  /// The kernel gave the core to another.
  public let involuntaryContextSwitches: Double
  /// Without reading from a disk.
  public let minorPageFaults: Double
  /// That waited for a disk.
  public let majorPageFaults: Double

  /// One system call.
  public static func read() -> UsageStatistics {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let cpuSeconds = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    return UsageStatistics(
      cpuSeconds: cpuSeconds,
      voluntaryContextSwitches: Double(usage.ru_nvcsw), involuntaryContextSwitches: Double(usage.ru_nivcsw),
      minorPageFaults: Double(usage.ru_minflt), majorPageFaults: Double(usage.ru_majflt))
  }
}
