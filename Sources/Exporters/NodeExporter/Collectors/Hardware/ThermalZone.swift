import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_thermal_zone_temp` and `node_cooling_device_*` from `/sys/class/thermal`
/// (https://www.kernel.org/doc/html/latest/driver-api/thermal/sysfs-api.html). A zone that is disabled or whose sensor
/// does not answer has no sample.
struct ThermalZoneCollector: NodeCollector {
  let name = "thermal_zone"
  let help = "Temperatura de las zonas térmicas y estado de los dispositivos de refrigeración."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    // Without the directory there is nothing to export, which the standard exporter counts as a success.
    guard let directory = try? SysfsDirectory(host.sys("class/thermal"), of: host) else { return }
    for name in try directory.names() {
      if let zone = name.numbered(behind: "thermal_zone"), let device = try? SysfsDirectory(name, in: directory) {
        add(device, zone: zone, to: &batch)
      } else if let number = name.numbered(behind: "cooling_device"),
        let device = try? SysfsDirectory(name, in: directory)
      {
        add(device, coolingDevice: number, to: &batch)
      }
    }
  }

  private func add(_ device: borrowing SysfsDirectory, zone: String, to batch: inout SampleBatch) {
    guard device.text("mode") != "disabled", let type = device.text("type"), let milli = device.integer("temp") else {
      return
    }
    batch.add(Host.ThermalZone.temperature, .init(.init(zone), .init(type)), Double(milli) / 1000)
  }

  private func add(_ device: borrowing SysfsDirectory, coolingDevice name: String, to batch: inout SampleBatch) {
    guard let type = device.text("type"), let maximum = device.integer("max_state"),
      let current = device.integer("cur_state")
    else { return }
    let labels = Host.ThermalZone.Device(.init(name), .init(type))
    batch.add(Host.ThermalZone.currentState, labels, Double(current))
    batch.add(Host.ThermalZone.maximumState, labels, Double(maximum))
  }
}
