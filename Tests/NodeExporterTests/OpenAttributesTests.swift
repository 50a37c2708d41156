import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Attributes held open")
struct OpenAttributesTests {
  private func values(_ devices: OpenDevices, _ tree: HardwareHost, _ wanted: [String]) throws -> [String: Int?] {
    let directory = try SysfsDirectory(tree.host.sys("class/x"), of: tree.host)
    var values: [String: Int?] = [:]
    devices.forEach(wanted, in: directory, on: tree.host) { name, attributes in values[name] = attributes.integer("a") }
    return values
  }

  @Test("files outside sysfs are opened anew each time, so that a new one is seen")
  func fixtures() throws {
    let tree = try HardwareHost(["sys/class/x/d/a": "1\n", "sys/class/x/e/b": "1\n", "sys/class/x/f": "no device"])
    let devices = OpenDevices(["a"], maximumDevices: 2)
    #expect(try values(devices, tree, ["d", "e", "f", "gone"]) == ["d": 1, "e": nil])
    try tree.remove("sys/class/x/d/a")
    try tree.write("2\n", to: "sys/class/x/d/a")
    #expect(try values(devices, tree, ["d"]) == ["d": 2])
  }

  /// Interfaces of the machine that runs this: the loopback at least.
  @Test("files of sysfs stay open, up to the limit, and say the same again")
  func sysfs() throws {
    let host = NodeHost(procfs: "/proc", sysfs: "/sys", rootfs: "/", udevData: "/run/udev/data")
    let directory = try SysfsDirectory(host.sys("class/net"), of: host)
    let devices = OpenDevices(["mtu", "nothing"], maximumDevices: 1)
    var readings: [(Int?, OpenAttributes)] = []
    for _ in 0..<2 {
      devices.forEach(["lo"], in: directory, on: host) { _, attributes in
        readings.append((attributes.integer("mtu"), attributes))
        #expect(attributes.isOfSysfs)
        #expect(attributes.text("nothing") == nil)
      }
    }
    #expect(readings.count == 2)
    #expect(readings.allSatisfy { $0.0 == readings[0].0 && $0.0 != nil })
    #expect(readings[0].1 === readings[1].1)
    // One that is no longer wanted is closed, and opened again when it is.
    devices.forEach([], in: directory, on: host) { _, _ in Issue.record("nothing was wanted") }
    devices.forEach(["lo"], in: directory, on: host) { _, attributes in #expect(attributes !== readings[0].1) }
  }

  @Test("no more devices are held open than the limit says")
  func limit() throws {
    let host = NodeHost(procfs: "/proc", sysfs: "/sys", rootfs: "/", udevData: "/run/udev/data")
    let directory = try SysfsDirectory(host.sys("class/net"), of: host)
    let devices = OpenDevices(["mtu"], maximumDevices: 0)
    var readings: [OpenAttributes] = []
    for _ in 0..<2 { devices.forEach(["lo"], in: directory, on: host) { readings.append($1) } }
    #expect(readings.count == 2)
    #expect(readings[0] !== readings[1])
  }
}
