import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_power_supply_*`: what each supply in `/sys/class/power_supply` says
/// (https://www.kernel.org/doc/html/latest/power/power_supply_class.html). A read may ask a battery over a slow bus.
struct PowersupplyclassCollector: NodeCollector {
  let name = "powersupplyclass"
  let help = "Baterías y fuentes de alimentación (/sys/class/power_supply)."

  private static let ignoredSupplies = Flag(
    "collector.powersupply.ignored-supplies", placeholder: "REGEX", default: "^$",
    "Fuentes que no se miran, como expresión regular.")
  static let flags = [ignoredSupplies]

  private let filter: NameFilter

  init(_ flags: FlagValues) throws {
    filter = try NameFilter(flags, include: nil, exclude: Self.ignoredSupplies)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.sys("class/power_supply")
    guard let directory = try? SysfsDirectory(path, of: host) else { throw NothingToRead(path) }
    for name in try directory.names() where filter.allows(name) {
      // A supply may have been unplugged.
      guard let supply = try? SysfsDirectory(name, in: directory), let files = try? supply.names() else { continue }
      var labels = [(name: Host.Powersupplyclass.PowerSupplyKey.name, value: name)]
      for file in files {
        if let property = Self.properties[file] {
          if let value = supply.integer(file) {
            batch.add(property.family, .init(name), Double(value) / property.divisor)
          }
        } else if Self.texts.contains(file), let text = supply.text(file), !text.isEmpty {
          labels.append((file, text))
        }
      }
      labels.sort { $0.name < $1.name }
      batch.add(Host.Powersupplyclass.info(labels.map(\.name)), labelValues: labels.map(\.value), 1)
    }
  }

  private static let texts: Set<String> = [
    "capacity_level", "charge_type", "health", "manufacturer", "model_name", "scope", "serial_number", "status",
    "technology", "type", "usb_type",
  ]

  private typealias P = Host.Powersupplyclass

  /// By file; the kernel's units are millionths, and tenths of a degree.
  private static let properties: [String: (family: Family<Gauge, P.PowerSupply>, divisor: Double)] = [
    "authentic": (P.authentic, 1), "calibrate": (P.calibrate, 1), "capacity": (P.capacity, 1),
    "capacity_alert_max": (P.capacityAlertMax, 1), "capacity_alert_min": (P.capacityAlertMin, 1),
    "cycle_count": (P.cyclecount, 1), "online": (P.online, 1), "present": (P.present, 1),
    "time_to_empty_now": (P.timeToEmptySeconds, 1), "time_to_full_now": (P.timeToFullSeconds, 1),
    "current_boot": (P.currentBoot, 1e6), "current_max": (P.currentMax, 1e6), "current_now": (P.currentAmpere, 1e6),
    "energy_empty": (P.energyEmpty, 1e6), "energy_empty_design": (P.energyEmptyDesign, 1e6),
    "energy_full": (P.energyFull, 1e6), "energy_full_design": (P.energyFullDesign, 1e6),
    "energy_now": (P.energyWatthour, 1e6), "voltage_boot": (P.voltageBoot, 1e6), "voltage_max": (P.voltageMax, 1e6),
    "voltage_max_design": (P.voltageMaxDesign, 1e6), "voltage_min": (P.voltageMin, 1e6),
    "voltage_min_design": (P.voltageMinDesign, 1e6), "voltage_now": (P.voltageVolt, 1e6),
    "voltage_ocv": (P.voltageOcv, 1e6), "charge_control_limit": (P.chargeControlLimit, 1e6),
    "charge_control_limit_max": (P.chargeControlLimitMax, 1e6), "charge_counter": (P.chargeCounter, 1e6),
    "charge_empty": (P.chargeEmpty, 1e6), "charge_empty_design": (P.chargeEmptyDesign, 1e6),
    "charge_full": (P.chargeFull, 1e6), "charge_full_design": (P.chargeFullDesign, 1e6),
    "charge_now": (P.chargeAmpere, 1e6), "charge_term_current": (P.chargeTermCurrent, 1e6),
    "constant_charge_current": (P.constantChargeCurrent, 1e6),
    "constant_charge_current_max": (P.constantChargeCurrentMax, 1e6),
    "constant_charge_voltage": (P.constantChargeVoltage, 1e6),
    "constant_charge_voltage_max": (P.constantChargeVoltageMax, 1e6), "precharge_current": (P.prechargeCurrent, 1e6),
    "input_current_limit": (P.inputCurrentLimit, 1e6), "power_now": (P.powerWatt, 1e6), "temp": (P.tempCelsius, 10),
    "temp_alert_max": (P.tempAlertMaxCelsius, 10), "temp_alert_min": (P.tempAlertMinCelsius, 10),
    "temp_ambient": (P.tempAmbientCelsius, 10), "temp_ambient_max": (P.tempAmbientMaxCelsius, 10),
    "temp_ambient_min": (P.tempAmbientMinCelsius, 10), "temp_max": (P.tempMaxCelsius, 10),
    "temp_min": (P.tempMinCelsius, 10),
  ]
}
