import Testing

@testable import NodeExporter

@Suite("Sensors' files")
struct HwmonSensorTests {
  @Test(
    "kind, number and element of a file's name",
    arguments: [
      ("temp1_input", "temp", "temp1", "input"), ("pwm1", "pwm", "pwm1", ""),
      ("pwm2_auto_point1_temp", "pwm", "pwm2", "auto_point1_temp"), ("beep_enable", "beep_enable", "beep_enable0", ""),
      ("update_interval", "update_interval", "update_interval0", ""), ("vrm", "vrm", "vrm0", ""),
      ("fan01_min", "fan", "fan1", "min"), ("in_1x", "in", "in0", "1x"),
    ])
  func names(file: String, kind: String, label: String, element: String) throws {
    let (sensor, found) = try #require(HwmonSensor.parse(file))
    #expect(sensor.kind == kind)
    #expect(sensor.label == label)
    #expect(found == element)
  }

  @Test(
    "what is no sensor's file",
    arguments: [
      "", "name", "uevent", "1", "temp1x", "temp1_", "in_input", "temp99999999999999999999_input", "_1", "humidity_",
    ])
  func others(file: String) { #expect(HwmonSensor.parse(file) == nil) }

  /// The kernel's units: https://www.kernel.org/doc/html/latest/hwmon/sysfs-interface.html.
  @Test(
    "families of a hardware monitor by its sensors",
    arguments: [
      ("curr1_max", "1500", "node_hwmon_curr_max_amps{S} 1.5"),
      ("cpu0_vid", "1200", "node_hwmon_cpu_vid_volts{S} 1.2"),
      ("power1_average", "3250000", "node_hwmon_power_average_watt{S} 3.25"),
      ("power1_accuracy", "50000", "node_hwmon_power_accuracy{S} 0.05"),
      ("power1_average_interval", "1500", "node_hwmon_power_average_interval_seconds{S} 1.5"),
      ("humidity1_input", "250000", "node_hwmon_humidity{S} 0.25"),
      ("fan3_target", "900", "node_hwmon_fan_target_rpm{S} 900"),
      ("fan3_div", "4", "node_hwmon_fan_div{S} 4"), ("intrusion0_beep", "1", "node_hwmon_intrusion_beep_enabled{S} 1"),
      ("temp2_fault", "1", "node_hwmon_temp_fault{S} 1"), ("temp2", "5000", "node_hwmon_temp_celsius{S} 5"),
      ("vrm", "82", "node_hwmon_voltage_regulator_version{S} 82"),
      ("beep_enable", "1", "node_hwmon_beep_enabled{S} 1"), ("beep_enable", "what", "node_hwmon_beep_enabled{S} 0"),
      ("update_interval", "2500", "node_hwmon_update_interval_seconds{S} 2.5"),
      ("pwm1", "128", "node_hwmon_pwm{S} 128"),
      ("pwm1_Auto-Point", "3", "node_hwmon_pwm_auto_point{S} 3"),
    ])
  func families(file: String, text: String, expected: String) throws {
    let host = try HardwareHost(["sys/class/hwmon/hwmon0/\(file)": "\(text)\n"])
    let sensor = try #require(HwmonSensor.parse(file)).0.label
    let labels = "{chip=\"hwmon0\",sensor=\"\(sensor)\"}"
    #expect(
      try host.read(HwmonCollector.self) == [expected.split(separator: "{S}").joined(separator: labels)])
  }

  @Test("a value beside an input, and the clock of a graphics card under its label")
  func special() throws {
    let both = try HardwareHost(["sys/class/hwmon/hwmon0/pwm1": "9\n", "sys/class/hwmon/hwmon0/pwm1_input": "8\n"])
    #expect(
      try both.read(HwmonCollector.self) == [
        "node_hwmon_pwm_input{chip=\"hwmon0\",sensor=\"pwm1\"} 8", "node_hwmon_pwm{chip=\"hwmon0\",sensor=\"pwm1\"} 9",
      ])
    let card = try HardwareHost([
      "sys/class/hwmon/hwmon0/freq1_input": "1725000000\n", "sys/class/hwmon/hwmon0/freq1_label": "sclk\n",
      "sys/class/hwmon/hwmon0/freq2_input": "1000000\n",
    ])
    #expect(
      try card.read(HwmonCollector.self) == [
        "node_hwmon_freq_freq_mhz{chip=\"hwmon0\",sensor=\"sclk\"} 1725",
        "node_hwmon_sensor_label{chip=\"hwmon0\",sensor=\"freq1\",label=\"sclk\"} 1",
      ])
  }

  @Test("values that are no numbers are left out")
  func garbage() throws {
    let host = try HardwareHost([
      "sys/class/hwmon/hwmon0/temp1_input": "N/A\n", "sys/class/hwmon/hwmon0/vrm": "\n",
      "sys/class/hwmon/hwmon0/update_interval": "x", "sys/class/hwmon/hwmon0/in1_input": "",
    ])
    #expect(try host.read(HwmonCollector.self) == [])
  }
}
