import Testing

@testable import ExporterKit

@Suite("StateChanges")
struct StateChangesTests {
  @Test("a problem is news once, its end is, and another problem is")
  func dialogue() {
    var changes = StateChanges()
    #expect(changes.note("a", nil) == .works(again: false))
    #expect(changes.note("a", nil) == .none)
    #expect(changes.note("a", "refused") == .fails)
    #expect(changes.note("a", "refused") == .none)
    #expect(changes.note("a", "wrong password") == .fails)
    #expect(changes.note("a", nil) == .works(again: true))
    #expect(changes.note("a", nil) == .none)
  }

  @Test("a problem from the start is news")
  func failsFirst() {
    var changes = StateChanges()
    #expect(changes.note("a", "refused") == .fails)
    #expect(changes.note("b", nil) == .works(again: false))
    #expect(changes.note("a", nil) == .works(again: true))
  }
}
