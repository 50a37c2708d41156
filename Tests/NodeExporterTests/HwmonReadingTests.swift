import MetricModel
import Testing

@testable import NodeExporter

@Suite("Names of hardware monitors")
struct HwmonReadingTests {
  @Test(
    "names in the alphabet of metrics",
    arguments: [
      ("coretemp", "coretemp"), ("NCT6779 (Super I/O)", "nct6779__super_i_o"), ("__x__", "x"), ("a:b", "a:b"),
      ("ñandú", "and"), ("---", ""), ("", ""),
    ])
  func cleaned(text: String, name: String) { #expect(HwmonName.cleaned(text) == name) }

  @Test("bus and device, the chip's own name, the directory's")
  func chips() {
    #expect(
      HwmonName.chip("/sys/devices/platform/nct6775.656", ownName: "nct6779", directory: "hwmon3")
        == "platform_nct6775_656")
    #expect(HwmonName.chip("/only", ownName: "x", directory: "hwmon3") == "only")
    #expect(HwmonName.chip("/--/only", ownName: "x", directory: "hwmon3") == "only")
    #expect(HwmonName.chip(nil, ownName: "acpitz", directory: "hwmon3") == "acpitz")
    #expect(HwmonName.chip(nil, ownName: "", directory: "hwmon3") == "hwmon3")
    #expect(HwmonName.chip("/x/--", ownName: "acpitz", directory: "hwmon3") == "acpitz")
  }

  @Test("texts of help are the standard exporter's")
  func help() {
    #expect(
      HwmonReading("temp", "", isInputBeside: false)?.family.help == "Hardware monitor for temperature (input)")
    #expect(HwmonReading("fan", "alarm", isInputBeside: false)?.family.help == "Hardware sensor alarm status (fan)")
    #expect(HwmonReading("pwm", "mode", isInputBeside: false)?.family.help == "Hardware monitor pwm element mode")
    #expect(HwmonReading("freq", "input", isInputBeside: false)?.family == nil)
  }
}
