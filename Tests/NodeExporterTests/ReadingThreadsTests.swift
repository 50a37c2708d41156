import Glibc
import Synchronization
import Testing

@testable import NodeExporter

@Suite("Threads that read", .timeLimit(.minutes(3)))
struct ReadingThreadsTests {
  /// Which threads did something, in the order in which they did.
  private final class Log: Sendable {
    private let entries = Mutex<[String]>([])
    private let host = NodeHost(procfs: "/proc", sysfs: "/sys", rootfs: "/", udevData: "")

    /// `PID/task/TID`.
    func note() {
      let thread = host.link("/proc/thread-self") ?? "?"
      entries.withLock { $0.append(thread) }
    }

    var threads: [String] { entries.withLock { $0 } }

    func wait(for count: Int) async throws {
      for _ in 0..<4000 where threads.count < count { try await Task.sleep(for: .milliseconds(5)) }
      #expect(threads.count == count)
    }
  }

  private static func isAlive(_ thread: String) -> Bool { access("/proc/\(thread)", F_OK) == 0 }

  @Test("a thread that is done does the next work too")
  func reused() async throws {
    let threads = ReadingThreads()
    let log = Log()
    for count in 1...20 {
      #expect(threads.start { log.note() })
      try await log.wait(for: count)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(Set(log.threads).count <= 2)
  }

  @Test("work that comes while all are busy has threads of its own, and hangs nobody")
  func busy() async throws {
    let threads = ReadingThreads()
    let (log, gate) = (Log(), Gate())
    defer { gate.isOpen.store(true, ordering: .releasing) }
    for _ in 0..<6 {
      #expect(
        threads.start {
          log.note()
          while !gate.isOpen.load(ordering: .acquiring) { sched_yield() }
        })
    }
    try await log.wait(for: 6)
    #expect(Set(log.threads).count == 6)
  }

  private final class Gate: Sendable {
    let isOpen = Atomic(false)
  }

  @Test("nobody stays for good")
  func idle() async throws {
    let threads = ReadingThreads(parkingSeconds: 1)
    let log = Log()
    for _ in 0..<2 { #expect(threads.start { log.note() }) }
    try await log.wait(for: 2)
    for _ in 0..<4000 where log.threads.contains(where: Self.isAlive) { try await Task.sleep(for: .milliseconds(5)) }
    #expect(!log.threads.contains(where: Self.isAlive))
    #expect(threads.start { log.note() })
    try await log.wait(for: 3)
  }
}
