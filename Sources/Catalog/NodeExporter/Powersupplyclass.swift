import MetricModel

extension Host {
  /// `node_power_supply_*`: batteries and mains. Voltages, currents and energies are volts, amperes and watt hours.
  package enum Powersupplyclass {
    package enum PowerSupplyKey: LabelKey { package static let name = "power_supply" }
    package typealias PowerSupply = OpenValue<PowerSupplyKey>

    /// The labels that the supply has, in the order of their names: which ones, its driver decides.
    package static func info(_ labelNames: [String]) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_power_supply_info", help: "info of /sys/class/power_supply/<power_supply>.", kind: .gauge,
        labelNames: labelNames, use: parity)
    }

    package static let authentic = Family<Gauge, PowerSupply>(
      "node_power_supply_authentic", "authentic value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let calibrate = Family<Gauge, PowerSupply>(
      "node_power_supply_calibrate", "calibrate value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let capacity = Family<Gauge, PowerSupply>(
      "node_power_supply_capacity", "capacity value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let capacityAlertMax = Family<Gauge, PowerSupply>(
      "node_power_supply_capacity_alert_max", "capacity_alert_max value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let capacityAlertMin = Family<Gauge, PowerSupply>(
      "node_power_supply_capacity_alert_min", "capacity_alert_min value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let cyclecount = Family<Gauge, PowerSupply>(
      "node_power_supply_cyclecount", "cyclecount value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let online = Family<Gauge, PowerSupply>(
      "node_power_supply_online", "online value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let present = Family<Gauge, PowerSupply>(
      "node_power_supply_present", "present value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let timeToEmptySeconds = Family<Gauge, PowerSupply>(
      "node_power_supply_time_to_empty_seconds",
      "time_to_empty_seconds value of /sys/class/power_supply/<power_supply>.", unit: .seconds, use: parity)
    package static let timeToFullSeconds = Family<Gauge, PowerSupply>(
      "node_power_supply_time_to_full_seconds", "time_to_full_seconds value of /sys/class/power_supply/<power_supply>.",
      unit: .seconds, use: parity)
    package static let currentBoot = Family<Gauge, PowerSupply>(
      "node_power_supply_current_boot", "current_boot value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let currentMax = Family<Gauge, PowerSupply>(
      "node_power_supply_current_max", "current_max value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let currentAmpere = Family<Gauge, PowerSupply>(
      "node_power_supply_current_ampere", "current_ampere value of /sys/class/power_supply/<power_supply>.", use: parity
    )
    package static let energyEmpty = Family<Gauge, PowerSupply>(
      "node_power_supply_energy_empty", "energy_empty value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let energyEmptyDesign = Family<Gauge, PowerSupply>(
      "node_power_supply_energy_empty_design", "energy_empty_design value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let energyFull = Family<Gauge, PowerSupply>(
      "node_power_supply_energy_full", "energy_full value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let energyFullDesign = Family<Gauge, PowerSupply>(
      "node_power_supply_energy_full_design", "energy_full_design value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let energyWatthour = Family<Gauge, PowerSupply>(
      "node_power_supply_energy_watthour", "energy_watthour value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let voltageBoot = Family<Gauge, PowerSupply>(
      "node_power_supply_voltage_boot", "voltage_boot value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let voltageMax = Family<Gauge, PowerSupply>(
      "node_power_supply_voltage_max", "voltage_max value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let voltageMaxDesign = Family<Gauge, PowerSupply>(
      "node_power_supply_voltage_max_design", "voltage_max_design value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let voltageMin = Family<Gauge, PowerSupply>(
      "node_power_supply_voltage_min", "voltage_min value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let voltageMinDesign = Family<Gauge, PowerSupply>(
      "node_power_supply_voltage_min_design", "voltage_min_design value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let voltageVolt = Family<Gauge, PowerSupply>(
      "node_power_supply_voltage_volt", "voltage_volt value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let voltageOcv = Family<Gauge, PowerSupply>(
      "node_power_supply_voltage_ocv", "voltage_ocv value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let chargeControlLimit = Family<Gauge, PowerSupply>(
      "node_power_supply_charge_control_limit", "charge_control_limit value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let chargeControlLimitMax = Family<Gauge, PowerSupply>(
      "node_power_supply_charge_control_limit_max",
      "charge_control_limit_max value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let chargeCounter = Family<Gauge, PowerSupply>(
      "node_power_supply_charge_counter", "charge_counter value of /sys/class/power_supply/<power_supply>.", use: parity
    )
    package static let chargeEmpty = Family<Gauge, PowerSupply>(
      "node_power_supply_charge_empty", "charge_empty value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let chargeEmptyDesign = Family<Gauge, PowerSupply>(
      "node_power_supply_charge_empty_design", "charge_empty_design value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let chargeFull = Family<Gauge, PowerSupply>(
      "node_power_supply_charge_full", "charge_full value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let chargeFullDesign = Family<Gauge, PowerSupply>(
      "node_power_supply_charge_full_design", "charge_full_design value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let chargeAmpere = Family<Gauge, PowerSupply>(
      "node_power_supply_charge_ampere", "charge_ampere value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let chargeTermCurrent = Family<Gauge, PowerSupply>(
      "node_power_supply_charge_term_current", "charge_term_current value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let constantChargeCurrent = Family<Gauge, PowerSupply>(
      "node_power_supply_constant_charge_current",
      "constant_charge_current value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let constantChargeCurrentMax = Family<Gauge, PowerSupply>(
      "node_power_supply_constant_charge_current_max",
      "constant_charge_current_max value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let constantChargeVoltage = Family<Gauge, PowerSupply>(
      "node_power_supply_constant_charge_voltage",
      "constant_charge_voltage value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let constantChargeVoltageMax = Family<Gauge, PowerSupply>(
      "node_power_supply_constant_charge_voltage_max",
      "constant_charge_voltage_max value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let prechargeCurrent = Family<Gauge, PowerSupply>(
      "node_power_supply_precharge_current", "precharge_current value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let inputCurrentLimit = Family<Gauge, PowerSupply>(
      "node_power_supply_input_current_limit", "input_current_limit value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let powerWatt = Family<Gauge, PowerSupply>(
      "node_power_supply_power_watt", "power_watt value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let tempCelsius = Family<Gauge, PowerSupply>(
      "node_power_supply_temp_celsius", "temp_celsius value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let tempAlertMaxCelsius = Family<Gauge, PowerSupply>(
      "node_power_supply_temp_alert_max_celsius",
      "temp_alert_max_celsius value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let tempAlertMinCelsius = Family<Gauge, PowerSupply>(
      "node_power_supply_temp_alert_min_celsius",
      "temp_alert_min_celsius value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let tempAmbientCelsius = Family<Gauge, PowerSupply>(
      "node_power_supply_temp_ambient_celsius", "temp_ambient_celsius value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let tempAmbientMaxCelsius = Family<Gauge, PowerSupply>(
      "node_power_supply_temp_ambient_max_celsius",
      "temp_ambient_max_celsius value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let tempAmbientMinCelsius = Family<Gauge, PowerSupply>(
      "node_power_supply_temp_ambient_min_celsius",
      "temp_ambient_min_celsius value of /sys/class/power_supply/<power_supply>.", use: parity)
    package static let tempMaxCelsius = Family<Gauge, PowerSupply>(
      "node_power_supply_temp_max_celsius", "temp_max_celsius value of /sys/class/power_supply/<power_supply>.",
      use: parity)
    package static let tempMinCelsius = Family<Gauge, PowerSupply>(
      "node_power_supply_temp_min_celsius", "temp_min_celsius value of /sys/class/power_supply/<power_supply>.",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      info([PowerSupplyKey.name]),
      authentic.descriptor, calibrate.descriptor, capacity.descriptor, capacityAlertMax.descriptor,
      capacityAlertMin.descriptor, cyclecount.descriptor, online.descriptor, present.descriptor,
      timeToEmptySeconds.descriptor, timeToFullSeconds.descriptor, currentBoot.descriptor, currentMax.descriptor,
      currentAmpere.descriptor, energyEmpty.descriptor, energyEmptyDesign.descriptor, energyFull.descriptor,
      energyFullDesign.descriptor, energyWatthour.descriptor, voltageBoot.descriptor, voltageMax.descriptor,
      voltageMaxDesign.descriptor, voltageMin.descriptor, voltageMinDesign.descriptor, voltageVolt.descriptor,
      voltageOcv.descriptor, chargeControlLimit.descriptor, chargeControlLimitMax.descriptor,
      chargeCounter.descriptor, chargeEmpty.descriptor, chargeEmptyDesign.descriptor, chargeFull.descriptor,
      chargeFullDesign.descriptor, chargeAmpere.descriptor, chargeTermCurrent.descriptor,
      constantChargeCurrent.descriptor, constantChargeCurrentMax.descriptor, constantChargeVoltage.descriptor,
      constantChargeVoltageMax.descriptor, prechargeCurrent.descriptor, inputCurrentLimit.descriptor,
      powerWatt.descriptor, tempCelsius.descriptor, tempAlertMaxCelsius.descriptor, tempAlertMinCelsius.descriptor,
      tempAmbientCelsius.descriptor, tempAmbientMaxCelsius.descriptor, tempAmbientMinCelsius.descriptor,
      tempMaxCelsius.descriptor, tempMinCelsius.descriptor,
    ]
  }
}
