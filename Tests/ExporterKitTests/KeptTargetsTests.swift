import Logging
import Synchronization
import Testing

@testable import ExporterKit

@Suite("Targets that are kept")
struct KeptTargetsTests {
  private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private static func source(_ target: FakeTarget) -> Scraper<FakeTarget> {
    Scraper(target, collectors: [], name: { $0.name }, logger: logger)
  }

  private static func closings(_ target: FakeTarget) -> Int { target.state.withLock { $0.closings } }

  @Test("one that is asked for again is the same; beyond the number, the one asked for longest ago is closed")
  func number() async {
    let kept = KeptTargets<Int>(maximumTargets: 2)
    let targets = (0..<3).map { _ in FakeTarget() }
    func ask(_ place: Int) async -> any ScrapeSource { await kept.source(for: place) { Self.source(targets[place]) } }
    let first = await ask(0)
    _ = await ask(1)
    #expect(await ask(0) as AnyObject === first as AnyObject)
    _ = await ask(2)
    #expect(await kept.count == 2)
    #expect(targets.map(Self.closings) == [0, 1, 0])
    await kept.close()
    #expect(await kept.count == 0)
    #expect(targets.map(Self.closings) == [1, 1, 1])
  }

  @Test("one that nobody asks for is closed, one that somebody does is not; later ones have their turn, too")
  func idleness() async throws {
    let kept = KeptTargets<Int>(maximumTargets: 9, maximumIdle: .milliseconds(400))
    for _ in 0..<2 {
      let targets = [FakeTarget(), FakeTarget()]
      func ask(_ place: Int) async { _ = await kept.source(for: place) { Self.source(targets[place]) } }
      await ask(0)
      for _ in 0..<150 where Self.closings(targets[0]) == 0 {
        await ask(1)
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(targets.map(Self.closings) == [1, 0])
      #expect(await kept.count == 1)
      for _ in 0..<150 where await kept.count > 0 { try await Task.sleep(for: .milliseconds(20)) }
      #expect(targets.map(Self.closings) == [1, 1])
    }
  }
}
