import Foundation
import Telemetry
import Testing

/// Against other ways in which the kernel says the same: `/proc/self/status`, `/proc/self/limits`, getrusage(2).
@Suite("Process statistics")
struct ProcessStatisticsTests {
  private static func kernel(_ file: String, _ field: String) throws -> Double {
    let text = try String(contentsOfFile: "/proc/self/\(file)", encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(field) })
    let number = try #require(line.dropFirst(field.count).split { !$0.isNumber }.first)
    return try #require(Double(number))
  }

  @Test("memory, threads and limits are what /proc says elsewhere")
  func memory() throws {
    let read = try #require(ProcessStatistics.read())
    let resident = try Self.kernel("status", "VmRSS:") * 1_024
    let virtual = try Self.kernel("status", "VmSize:") * 1_024
    // Other tests run meanwhile.
    #expect(abs(read.residentBytes - resident) < 0.5 * resident)
    #expect(abs(read.virtualBytes - virtual) < 0.5 * virtual)
    #expect(abs(read.threads - (try Self.kernel("status", "Threads:"))) <= 16)
    // What this suite runs under; `limits` says "unlimited", getrlimit(2) the largest number.
    let limits = try String(contentsOfFile: "/proc/self/limits", encoding: .utf8)
    #expect(
      try (limits.contains(/Max address space +unlimited/) ? 0x1p64 : Self.kernel("limits", "Max address space"))
        == read.maximumVirtualBytes)
    #expect(try read.maximumDescriptors == Self.kernel("limits", "Max open files"))
  }

  @Test("CPU time is that of getrusage, and grows with work")
  func cpu() throws {
    func usage() -> Double {
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
    // /proc counts in ticks of a hundredth.
    let before = usage()
    let first = try #require(ProcessStatistics.read())
    #expect(first.cpuSeconds >= before - 0.03 && first.cpuSeconds <= usage() + 0.03)
    var mixed: UInt64 = 1
    while usage() < before + 0.2 { for step in 0..<10_000 { mixed = mixed &* 31 &+ UInt64(step) } }
    let second = try #require(ProcessStatistics.read())
    #expect(second.cpuSeconds >= first.cpuSeconds + 0.1, "\(mixed)")
  }

  @Test("a process that has just begun says so")
  func startTime() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let now = Date().timeIntervalSince1970
      let start = ProcessStatistics.read()?.startTimeSeconds ?? 0
      // btime is in whole seconds.
      exit(start > now - 60 && start < now + 1.5 ? 7 : 1)
    }
  }

  @Test("an open file counts")
  func descriptors() async {
    await #expect(processExitsWith: .exitCode(7)) {
      func count() -> Double { ProcessStatistics.read()?.openDescriptors ?? -1 }
      let before = count()
      let opened = (0..<10).map { _ in open("/dev/null", O_RDONLY) }
      let during = count()
      for descriptor in opened { close(descriptor) }
      let listed = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
      // Foundation's list has the descriptor that reads the directory.
      exit(during == before + 10 && count() == before && Double(listed) == before + 1 ? 7 : 1)
    }
  }
}
