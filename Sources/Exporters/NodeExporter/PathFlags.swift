import ExporterKit

/// Where the host's file systems are: elsewhere in a container.
enum PathFlags {
  static let procfs = Flag("path.procfs", placeholder: "DIR", default: "/proc", "Dónde está montado procfs.")
  static let sysfs = Flag("path.sysfs", placeholder: "DIR", default: "/sys", "Dónde está montado sysfs.")
  static let rootfs = Flag("path.rootfs", placeholder: "DIR", default: "/", "Dónde está montada la raíz de la máquina.")
  static let udevData = Flag(
    "path.udev.data", placeholder: "DIR", default: "/run/udev/data", "Dónde están los datos de udev.")

  static let all = [procfs, sysfs, rootfs, udevData]

  static func host(_ flags: FlagValues) -> NodeHost {
    NodeHost(
      procfs: flags.text(procfs) ?? "", sysfs: flags.text(sysfs) ?? "", rootfs: flags.text(rootfs) ?? "",
      udevData: flags.text(udevData) ?? "")
  }
}
