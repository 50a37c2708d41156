import Catalog
import Events
import MetricModel
import Synchronization
import Telemetry
import TestSupport
import Testing

private struct Failure: Error {}

@Suite("EventConsumer")
struct ConsumerTests {
  @Test("a product's events come in their order, several products at once")
  func order() async throws {
    let fixture = try await ConsumerFixture.start()
    // Products in turn: 1, 2, … 10, 1, 2, …
    try await fixture.publish((1...300).map { ConsumerFixture.event($0, of: ($0 - 1) % 10 + 1) })
    let handled = Handled()
    let running = Mutex((now: 0, most: 0))
    let consumer = try fixture.consumer { event in
      running.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      try await Task.sleep(for: .milliseconds(Int(event.id % 4)))
      handled.add(event)
      running.withLock { $0.now -= 1 }
    }
    try await handled.wait(for: 300)
    try await consumer.stop()
    #expect(handled.ids.sorted() == Array(1...300))
    for product in Int64(1)...10 {
      #expect(handled.ids(of: product) == (0..<30).map { product + 10 * $0 })
    }
    #expect((2...8).contains(running.withLock { $0.most }))
    #expect(try await fixture.pending() == "0")
    #expect(fixture.registry.counter(EventConsumption.consumed).value(.procesado) == 300)
  }

  @Test("what a dead member was given goes to the next one, before what is new")
  func redelivery() async throws {
    let fixture = try await ConsumerFixture.start()
    let (redis, stream, group) = (fixture.redis, ConsumerFixture.stream, ConsumerFixture.group)
    try await fixture.publish([1, 2, 3].map { ConsumerFixture.event($0, of: 5) })
    try await redis.cli("XGROUP", "CREATE", stream, group, "0")
    try await redis.cli("XREADGROUP", "GROUP", group, "muerto", "COUNT", "2", "STREAMS", stream, ">")
    // Its turn has not run out yet.
    try await redis.cli("SET", "\(stream):turno:\(group)", "muerto", "PX", "700")
    let handled = Handled()
    let consumer = try fixture.consumer { handled.add($0) }
    try await Task.sleep(for: .milliseconds(300))
    #expect(handled.ids.isEmpty)
    try await handled.wait(for: 3)
    try await consumer.stop()
    #expect(handled.ids == [1, 2, 3])
    #expect(try await fixture.pending() == "0")
  }

  @Test("an event that always fails is set aside; the others go on, its product's behind it")
  func poison() async throws {
    let fixture = try await ConsumerFixture.start()
    try await fixture.publish([
      ConsumerFixture.event(1, of: 1), ConsumerFixture.event(2, of: 1), ConsumerFixture.event(3, of: 1),
      ConsumerFixture.event(4, of: 2),
    ])
    let (handled, attempts) = (Handled(), Handled())
    let consumer = try fixture.consumer { event in
      if event.id == 2 {
        attempts.add(event)
        throw Failure()
      }
      handled.add(event)
    }
    try await handled.wait(for: 3)
    try await consumer.stop()
    #expect(handled.ids(of: 1) == [1, 3])
    // It did not wait for the attempts at the other product's.
    #expect(handled.ids.last == 3)
    #expect(attempts.ids == [2, 2, 2, 2, 2])
    #expect(try await fixture.pending() == "0")
    let aside = try await fixture.redis.cli("XRANGE", "\(ConsumerFixture.stream):apartados", "-", "+")
    let words = aside.split(separator: "\n")
    #expect(words.contains("motivo") && words.contains("Failure()") && words.contains(#"{"n":2}"#))
    #expect(try await fixture.redis.cli("XLEN", "\(ConsumerFixture.stream):apartados") == "1")
    #expect(try await fixture.redis.cli("XLEN", ConsumerFixture.stream) == "4")
    #expect(fixture.registry.counter(EventConsumption.consumed).value(.apartado) == 1)
    #expect(fixture.registry.counter(EventConsumption.failures).value(NoLabels()) == 5)
  }

  @Test("one that fails for a while is handled once, before its product's next")
  func retries() async throws {
    let fixture = try await ConsumerFixture.start()
    try await fixture.publish([ConsumerFixture.event(1, of: 1), ConsumerFixture.event(2, of: 1)])
    let handled = Handled()
    let failures = Mutex(0)
    let consumer = try fixture.consumer { event in
      let fails = failures.withLock { failures in
        failures += 1
        return failures <= 2
      }
      if fails { throw Failure() }
      handled.add(event)
    }
    try await handled.wait(for: 2)
    try await consumer.stop()
    #expect(handled.ids == [1, 2])
    #expect(fixture.registry.counter(EventConsumption.consumed).value(.apartado) == 0)
  }

  @Test("an event that no process survived five times is set aside unseen, and what is no event as well")
  func unsurvived() async throws {
    let fixture = try await ConsumerFixture.start()
    let (redis, stream, group) = (fixture.redis, ConsumerFixture.stream, ConsumerFixture.group)
    try await fixture.publish([ConsumerFixture.event(1, of: 1), ConsumerFixture.event(2, of: 1)])
    try await redis.cli("XADD", stream, "9999999999999-1", "otra", "cosa")
    try await redis.cli("XGROUP", "CREATE", stream, group, "0")
    try await redis.cli("XREADGROUP", "GROUP", group, "muerto", "COUNT", "1", "STREAMS", stream, ">")
    let first = try await redis.cli("XRANGE", stream, "-", "+", "COUNT", "1").split(separator: "\n")[0]
    try await redis.cli("XCLAIM", stream, group, "muerto", "0", String(first), "RETRYCOUNT", "5", "JUSTID")
    let handled = Handled()
    let consumer = try fixture.consumer { handled.add($0) }
    try await eventually("two are set aside") { try await redis.cli("XLEN", "\(stream):apartados") == "2" }
    try await handled.wait(for: 1)
    try await consumer.stop()
    #expect(handled.ids == [2])
    #expect(try await fixture.pending() == "0")
  }

  @Test("an event that comes twice is handled once, also by another process later")
  func duplicates() async throws {
    let fixture = try await ConsumerFixture.start()
    let handled = Handled()
    try await fixture.publish([1, 1, 2].map { ConsumerFixture.event($0, of: 3) })
    let first = try fixture.consumer { handled.add($0) }
    try await handled.wait(for: 2)
    try await first.stop()
    #expect(handled.ids == [1, 2])
    #expect(fixture.registry.counter(EventConsumption.consumed).value(.duplicado) == 1)
    try await fixture.publish([2, 1, 3].map { ConsumerFixture.event($0, of: 3) })
    let second = try fixture.consumer("dos") { handled.add($0) }
    try await handled.wait(for: 3)
    try await second.stop()
    #expect(handled.ids == [1, 2, 3])
    #expect(try await fixture.pending() == "0")
  }

  @Test("told to stop, it finishes what it has begun and begins nothing more")
  func gracefulStop() async throws {
    let fixture = try await ConsumerFixture.start()
    try await fixture.publish([1, 2].map { ConsumerFixture.event($0, of: 3) })
    let (begun, finished) = (Handled(), Handled())
    let isOpen = Atomic(false)
    let consumer = try fixture.consumer { event in
      begun.add(event)
      while !isOpen.load(ordering: .acquiring) { try await Task.sleep(for: .milliseconds(5)) }
      finished.add(event)
    }
    try await begun.wait(for: 1)
    await consumer.beginStopping()
    try await Task.sleep(for: .milliseconds(200))
    isOpen.store(true, ordering: .releasing)
    try await consumer.stop()
    #expect(begun.ids == [1] && finished.ids == [1])
    // The second one was given to it and is for the next.
    #expect(try await fixture.pending() == "1")
    let next = try fixture.consumer("dos") { finished.add($0) }
    try await finished.wait(for: 2)
    try await next.stop()
    #expect(finished.ids == [1, 2])
  }

  @Test("of two members one consumes, until it stops")
  func turns() async throws {
    let fixture = try await ConsumerFixture.start()
    let (first, second) = (Handled(), Handled())
    let one = try fixture.consumer("uno") { first.add($0) }
    try await fixture.publish([ConsumerFixture.event(1, of: 1)])
    try await first.wait(for: 1)
    let two = try fixture.consumer("dos") { second.add($0) }
    // Longer than a turn: it is kept.
    try await Task.sleep(for: .seconds(3))
    try await fixture.publish([ConsumerFixture.event(2, of: 2), ConsumerFixture.event(3, of: 3)])
    try await first.wait(for: 3)
    #expect(second.ids.isEmpty)
    try await one.stop()
    try await fixture.publish([ConsumerFixture.event(4, of: 1)])
    try await second.wait(for: 1)
    try await two.stop()
    #expect(second.ids == [4])
  }
}
