import Alerts
import Foundation
import TestSupport
import Testing

/// Alerts of the platform, each broken, told, understood, mended and told again, by the built executable. Those that
/// wait for averages over minutes are `observability prove`'s.
@Suite(.serialized) struct PerformedDrillTests {
  static let quick = [
    "ServiceDown", "HighErrorRate", "DatabaseDown", "DiskSpaceCritical", "RedisDown", "HighLatency",
    "CacheHitRateLow", "SlowRequests", "StockCritico",
  ]

  @Test(.timeLimit(.minutes(10))) func everyQuickAlertIsDrilled() async throws {
    let run = try DrillRun(Self.quick)
    let status = try await run.status(within: .seconds(540))
    #expect(status == 0, "\(run.output)")
    for name in Self.quick.dropLast() {
      let row = run.report.split(separator: "\n").first { $0.hasPrefix("| \(name) ") }
      #expect(row?.contains("passed") == true, "\(name): \(row ?? "no row")")
      #expect(row?.contains("–") == false, "\(name) skipped something: \(row ?? "")")
    }
    #expect(run.report.contains("Time is divided by \(DrillRun.timeDivisor); no expression is changed."))
    #expect(run.report.contains("- missing: alert StockCritico: waits for agente-negocio"))
    #expect(try run.remains() == [])
  }

  @Test(.timeLimit(.minutes(5))) func interruptedItLeavesNothing() async throws {
    let run = try DrillRun(["DiskSpaceCritical"])
    try await run.wait(for: "DiskSpaceCritical: pending", within: .seconds(180))
    run.interrupt()
    #expect(try await run.status(within: .seconds(120)) != 0)
    #expect(run.output.contains("DiskSpaceCritical: FAILED: interrupted"), "\(run.output)")
    #expect(try run.remains() == [])
  }
}
