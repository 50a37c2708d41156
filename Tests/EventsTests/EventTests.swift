import Events
import Testing

@Suite("Event")
struct EventTests {
  @Test("an entry has the fields of the contract, and leads back to the event")
  func roundTrip() {
    let event = Event(
      id: 7, kind: .productDeleted, productID: 12, occurredAt: "2026-01-02T03:04:05.000006Z", data: #"{"a":"ñ"}"#)
    #expect(
      event.fields == [
        "id", "7", "tipo", "product_deleted", "producto_id", "12", "ocurrido_at", "2026-01-02T03:04:05.000006Z",
        "datos",
        #"{"a":"ñ"}"#,
      ])
    #expect(Event(fields: event.fields) == event)
    #expect(Event(fields: event.fields + ["nuevo", "x"]) == event)
  }

  @Test(
    "what is no event is none",
    arguments: [
      [], ["id"], ["id", "x", "tipo", "stock_updated", "producto_id", "1", "datos", "{}"],
      ["id", "1", "tipo", "stock_lost", "producto_id", "1", "datos", "{}"],
      ["id", "1", "tipo", "stock_updated", "datos", "{}"], ["id", "1", "tipo", "stock_updated", "producto_id", "1"],
    ])
  func malformed(fields: [String]) {
    #expect(Event(fields: fields) == nil)
  }

  @Test("the kinds are those of the outbox")
  func kinds() {
    #expect(
      EventKind.allCases.map(\.rawValue) == ["stock_updated", "product_created", "product_updated", "product_deleted"])
  }

  @Test("the memory of recent events forgets the oldest")
  func recent() {
    let recent = RecentEvents(capacity: 2)
    #expect(recent.insert(1))
    #expect(!recent.insert(1))
    #expect(recent.insert(2))
    #expect(recent.contains(1) && recent.contains(2))
    #expect(recent.insert(3))
    #expect(!recent.contains(1) && recent.contains(2) && recent.contains(3))
    #expect(recent.insert(4))
    #expect(!recent.contains(2) && recent.contains(3) && recent.contains(4))
  }

  @Test("delays double up to five seconds, less a half at most")
  func delays() {
    #expect(
      [1, 2, 3, 6, 7, 40].map { RetryDelay.after(failures: $0, jitter: 0) }
        == [.milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(3_200), .seconds(5), .seconds(5)])
    #expect(RetryDelay.after(failures: 1, jitter: 1) == .milliseconds(50))
  }
}
