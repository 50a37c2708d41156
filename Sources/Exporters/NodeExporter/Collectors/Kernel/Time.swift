import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_time_*`: the clock, the time zone, and which hardware the kernel reads the time from.
struct TimeCollector: NodeCollector {
  let name = "time"
  let help = "Hora del sistema y sus fuentes."

  init(_ flags: FlagValues) { tzset() }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    batch.add(Host.Time.seconds, Double(now.tv_sec) + Double(now.tv_nsec) / 1e9)
    var local = tm()
    if localtime_r(&now.tv_sec, &local) != nil {
      let zone = local.tm_zone.map { String(cString: $0) } ?? ""
      batch.add(Host.Time.zoneOffset, Host.Time.Zone(zone), Double(local.tm_gmtoff))
    }
    Self.addSources(host, to: &batch)
  }

  private static func addSources(_ host: NodeHost, to batch: inout SampleBatch) {
    let directory = host.sys("devices/system/clocksource")
    let devices = ((try? host.entries(of: directory)) ?? []).filter { $0.hasPrefix("clocksource") }
    for (index, device) in devices.enumerated() {
      try? host.withKeptBytes(of: "\(directory)/\(device)/available_clocksource") { available in
        for source in available.fields {
          batch.add(Host.Time.availableSource, .init(device: index, source: source.string), 1)
        }
      }
      try? host.withKeptBytes(of: "\(directory)/\(device)/current_clocksource") { current in
        batch.add(Host.Time.currentSource, .init(device: index, source: current.trimmed.string), 1)
      }
    }
  }
}
