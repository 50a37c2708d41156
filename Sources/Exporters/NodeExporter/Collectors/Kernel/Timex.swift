import CLinux
import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_timex_*`: one call of adjtimex(2), which reads and changes nothing.
struct TimexCollector: NodeCollector {
  let name = "timex"
  let help = "Cómo corrige el kernel su reloj (NTP)."

  private static let microseconds = 1e6
  /// Frequencies are parts per million with 16 bits behind the point: adjtimex(2), NOTES.
  private static let scaledPartsPerMillion = 1_000_000.0 * 65_536

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    var clock = timex()
    let state = adjtimex(&clock)
    guard state >= 0 else {
      let code = errno
      throw code == EPERM ? NothingToRead("permission for adjtimex") : HostError(path: "adjtimex", code: code)
    }
    Self.add(clock, isSynchronized: state != Int32(TIME_ERROR), to: &batch)
  }

  static func add(_ clock: timex, isSynchronized: Bool, to batch: inout SampleBatch) {
    // The status says in which unit the phase is.
    let phase = clock.status & Int32(STA_NANO) != 0 ? 1e9 : microseconds
    batch.add(Host.Timex.syncStatus, isSynchronized ? 1 : 0)
    batch.add(Host.Timex.offset, Double(clock.offset) / phase)
    batch.add(Host.Timex.frequencyAdjustment, 1 + Double(clock.freq) / scaledPartsPerMillion)
    batch.add(Host.Timex.maximumError, Double(clock.maxerror) / microseconds)
    batch.add(Host.Timex.estimatedError, Double(clock.esterror) / microseconds)
    batch.add(Host.Timex.status, Double(clock.status))
    batch.add(Host.Timex.loopTimeConstant, Double(clock.constant))
    batch.add(Host.Timex.tick, Double(clock.tick) / microseconds)
    batch.add(Host.Timex.ppsFrequency, Double(clock.ppsfreq) / scaledPartsPerMillion)
    batch.add(Host.Timex.ppsJitter, Double(clock.jitter) / phase)
    batch.add(Host.Timex.ppsShift, Double(clock.shift))
    batch.add(Host.Timex.ppsStability, Double(clock.stabil) / scaledPartsPerMillion)
    batch.add(Host.Timex.ppsJitterExceeded, Double(clock.jitcnt))
    batch.add(Host.Timex.ppsCalibrations, Double(clock.calcnt))
    batch.add(Host.Timex.ppsErrors, Double(clock.errcnt))
    batch.add(Host.Timex.ppsStabilityExceeded, Double(clock.stbcnt))
    batch.add(Host.Timex.taiOffset, Double(clock.tai))
  }
}
