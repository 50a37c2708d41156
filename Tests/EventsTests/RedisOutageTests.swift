import Catalog
import Events
import Telemetry
import TestSupport
import Testing

@Suite("EventConsumer, when Redis fails")
struct RedisOutageTests {
  @Test("a Redis that was emptied gets its group back, and its new events are read from the first on")
  func emptied() async throws {
    let fixture = try await ConsumerFixture.start()
    let handled = Handled()
    let consumer = try fixture.consumer { handled.add($0) }
    try await fixture.publish([ConsumerFixture.event(1, of: 1)])
    try await handled.wait(for: 1)
    try await fixture.redis.cli("FLUSHALL")
    try await fixture.publish([2, 3].map { ConsumerFixture.event($0, of: 1) })
    try await handled.wait(for: 3)
    try await consumer.stop()
    #expect(handled.ids == [1, 2, 3])
    #expect(try await fixture.pending() == "0")
  }

  @Test("a Redis that is killed and comes back loses and repeats nothing")
  func restarted() async throws {
    let fixture = try await ConsumerFixture.start(onDisk: true)
    let handled = Handled()
    try await fixture.publish((1...200).map { ConsumerFixture.event($0, of: $0 % 5) })
    let consumer = try fixture.consumer { event in
      try await Task.sleep(for: .milliseconds(5))
      handled.add(event)
    }
    try await handled.wait(for: 40)
    try await fixture.redis.kill()
    try await Task.sleep(for: .milliseconds(500))
    try await fixture.redis.start()
    try await fixture.publish((201...210).map { ConsumerFixture.event($0, of: $0 % 5) })
    try await handled.wait(for: 210)
    try await eventually("all are acknowledged") { try await fixture.pending() == "0" }
    try await consumer.stop()
    #expect(handled.ids.sorted() == Array(1...210))
    for product in Int64(0)..<5 { #expect(handled.ids(of: product) == (1...210).filter { $0 % 5 == product }) }
  }

  @Test("what waits is measured while Redis answers, and not when it does not")
  func measured() async throws {
    let fixture = try await ConsumerFixture.start()
    try await fixture.publish((1...3).map { ConsumerFixture.event($0, of: 1) })
    let consumer = try fixture.consumer { _ in try await Task.sleep(for: .seconds(600)) }
    func waiting() -> String? {
      String(decoding: fixture.registry.expose(.text), as: UTF8.self).split(separator: "\n")
        .first { $0.hasPrefix("events_waiting ") }.map { String($0.dropFirst("events_waiting ".count)) }
    }
    try await eventually("they are counted") { waiting() == "3" }
    try await fixture.redis.kill()
    try await eventually("there is no old count") { waiting() == nil }
    _ = consumer
  }
}
