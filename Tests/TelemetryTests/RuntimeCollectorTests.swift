import Foundation
import ProcessTelemetry
import Synchronization
import Telemetry
import Testing

/// What the collector says must move with what this process does.
@Suite("Runtime collector", .serialized)
struct RuntimeCollectorTests {
  /// A page by a collector of its own, which has not read yet.
  private static func read(_ series: String) throws -> Double {
    let registry = Registry()
    registry.register(RuntimeCollector())
    return try #require(registry.samples()[series].flatMap(Double.init), "\(series)")
  }

  private static let bytes = 50 << 20

  @Test("many small allocations are in use in the arenas, and free or given back afterwards")
  func small() throws {
    let before = try Self.read("runtime_malloc_in_use_bytes")
    let pieces = (0..<Self.bytes / 4_096).map { _ in malloc(4_096) }
    let during = try Self.read("runtime_malloc_in_use_bytes")
    for piece in pieces { free(piece) }
    let after = try Self.read("runtime_malloc_in_use_bytes")
    // The rest is the allocator's 16 bytes a piece, and what the tests do meanwhile.
    #expect(during - before > Double(Self.bytes) && during - before < Double(Self.bytes) * 1.1)
    #expect(after - before < Double(Self.bytes) * 0.1)
  }

  @Test("a large allocation is mapped, and not in the arenas")
  func large() throws {
    let series = ["runtime_malloc_mapped_bytes", "runtime_malloc_in_use_bytes"]
    let before = try series.map(Self.read)
    let piece = malloc(Self.bytes)
    let during = try series.map(Self.read)
    free(piece)
    let after = try series.map(Self.read)
    #expect(during[0] - before[0] > Double(Self.bytes) && during[0] - before[0] < Double(Self.bytes) * 1.1)
    #expect(abs(during[1] - before[1]) < Double(Self.bytes) * 0.1)
    #expect(after[0] - before[0] < Double(Self.bytes) * 0.1)
  }

  @Test("the arenas are what is in use and what is free")
  func sum() throws {
    let statistics = MallocStatistics.read()
    #expect(statistics.arenaBytes == statistics.inUseBytes + statistics.freeBytes)
    #expect(statistics.arenaBytes > 0)
    let registry = Registry()
    registry.register(RuntimeCollector())
    let samples = registry.samples().filter { $0.key.hasPrefix("runtime_malloc_") }
    #expect(samples.count == 4)
    #expect(try Self.read("runtime_malloc_arena_bytes") >= Self.read("runtime_malloc_free_bytes"))
  }

  @Test("a thread that waits switches voluntarily")
  func voluntary() throws {
    let series = "runtime_context_switches_total{kind=\"voluntary\"}"
    let before = try Self.read(series)
    for _ in 0..<50 { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(1)) }
    #expect(try Self.read(series) >= before + 50)
  }

  @Test("threads that work on the same processor switch involuntarily")
  func involuntary() throws {
    let series = "runtime_context_switches_total{kind=\"involuntary\"}"
    let before = try Self.read(series)
    let isEnough = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: ProcessInfo.processInfo.activeProcessorCount * 2) { _ in
      while !isEnough.load(ordering: .relaxed) {
        if let now = try? Self.read(series), now >= before + 3 { isEnough.store(true, ordering: .relaxed) }
      }
    }
    #expect(try Self.read(series) >= before + 3)
  }

  @Test("memory that is touched first is a minor fault a page")
  func faults() throws {
    let series = "runtime_page_faults_total{kind=\"minor\"}"
    let memory = mmap(nil, Self.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    defer { munmap(memory, Self.bytes) }
    madvise(memory, Self.bytes, MADV_NOHUGEPAGE)
    let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
    let before = try Self.read(series)
    for offset in stride(from: 0, to: Self.bytes, by: pageBytes) {
      memory?.storeBytes(of: 1, toByteOffset: offset, as: UInt8.self)
    }
    #expect(try Self.read(series) >= before + Double(Self.bytes / pageBytes))
    #expect(try Self.read("runtime_page_faults_total{kind=\"major\"}") >= 0)
  }
}
