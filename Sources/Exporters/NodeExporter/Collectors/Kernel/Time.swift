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
      let available = host.text("\(directory)/\(device)/available_clocksource") ?? ""
      for source in available.split(separator: " ") {
        batch.add(Host.Time.availableSource, .init(device: index, source: String(source)), 1)
      }
      if let current = host.text("\(directory)/\(device)/current_clocksource") {
        batch.add(Host.Time.currentSource, .init(device: index, source: current), 1)
      }
    }
  }
}
