import CLinux
import Telemetry
import Testing

@testable import NodeExporter

@Suite("Collector timex")
struct TimexTests {
  private func page(_ clock: timex, isSynchronized: Bool) -> [String: Double] {
    var batch = SampleBatch()
    TimexCollector.add(clock, isSynchronized: isSynchronized, to: &batch)
    return ProcfsTree.series(batch)
  }

  @Test("each number in seconds or hertz, in microseconds' mode")
  func microseconds() {
    var clock = timex()
    (clock.offset, clock.freq, clock.maxerror, clock.esterror) = (-250, 6_553_600, 16_000_000, 12)
    (clock.status, clock.constant, clock.tick, clock.tai) = (64, 7, 10_000, 37)
    (clock.ppsfreq, clock.jitter, clock.shift, clock.stabil) = (65_536, 500, 2, 131_072)
    (clock.jitcnt, clock.calcnt, clock.errcnt, clock.stbcnt) = (1, 2, 3, 4)
    #expect(
      page(clock, isSynchronized: true) == [
        "node_timex_offset_seconds": -0.00025, "node_timex_frequency_adjustment_ratio": 1.0001,
        "node_timex_maxerror_seconds": 16, "node_timex_estimated_error_seconds": 0.000012, "node_timex_status": 64,
        "node_timex_loop_time_constant": 7, "node_timex_tick_seconds": 0.01, "node_timex_tai_offset_seconds": 37,
        "node_timex_pps_frequency_hertz": 0.000001, "node_timex_pps_jitter_seconds": 0.0005,
        "node_timex_pps_shift_seconds": 2, "node_timex_pps_stability_hertz": 0.000002,
        "node_timex_pps_jitter_total": 1, "node_timex_pps_calibration_total": 2, "node_timex_pps_error_total": 3,
        "node_timex_pps_stability_exceeded_total": 4, "node_timex_sync_status": 1,
      ])
  }

  @Test("the status says whether the phase is in nanoseconds")
  func nanoseconds() {
    var clock = timex()
    (clock.status, clock.offset, clock.jitter, clock.maxerror) = (0x2000, 1_500_000_000, 1000, 1_000_000)
    let page = page(clock, isSynchronized: false)
    #expect(page["node_timex_offset_seconds"] == 1.5)
    #expect(page["node_timex_pps_jitter_seconds"] == 0.000001)
    #expect(page["node_timex_maxerror_seconds"] == 1)
    #expect(page["node_timex_sync_status"] == 0)
  }

  @Test("the kernel answers")
  func real() throws {
    let page = try ProcfsTree([:]).read(TimexCollector.self)
    let tick = try #require(page["node_timex_tick_seconds"])
    #expect((0.009...0.011).contains(tick))
  }
}
