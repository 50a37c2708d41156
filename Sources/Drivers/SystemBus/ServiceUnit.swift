/// A unit that the service manager has loaded, or tried to load (org.freedesktop.systemd1(5)).
package struct ServiceUnit: Sendable, Hashable {
  /// With the kind behind the last dot, for example `ssh.service`.
  package let name: String
  /// For example `loaded` or `not-found`.
  package let loadState: String
  /// For example `active` or `failed`.
  package let activeState: String
  /// Of its object on the bus.
  package let path: String

  /// As `systemctl list-units` shows it.
  package init(name: String, loadState: String, activeState: String, path: String) {
    self.name = name
    self.loadState = loadState
    self.activeState = activeState
    self.path = path
  }

  static let destination = "org.freedesktop.systemd1"
  static let managerPath = "/org/freedesktop/systemd1"
  static let manager = "org.freedesktop.systemd1.Manager"

  /// - Parameter interface: `Unit`, or the unit's kind, for example `Service`.
  package func property(_ interface: String, _ name: String) -> BusProperty {
    BusProperty(Self.destination, path, "\(Self.destination).\(interface)", name)
  }
}

extension BusProperty {
  /// Of the service manager itself.
  package static func manager(_ name: String) -> BusProperty {
    BusProperty(ServiceUnit.destination, ServiceUnit.managerPath, ServiceUnit.manager, name)
  }
}

extension SystemBus {
  /// All that are loaded, in the manager's order.
  package func units() throws(BusError) -> [ServiceUnit] {
    try list(
      ServiceUnit.destination, ServiceUnit.managerPath, ServiceUnit.manager, "ListUnits", structure: "ssssssouso"
    ) { reader in
      let name = reader.string()
      // The description.
      _ = reader.string()
      let (load, active) = (reader.string(), reader.string())
      // The state in detail, and the unit that this one follows.
      for _ in 0..<2 { _ = reader.string() }
      let path = reader.string("o")
      // The job, if there is one: number, kind, object.
      _ = reader.unsigned32()
      _ = reader.string()
      _ = reader.string("o")
      return ServiceUnit(name: name, loadState: load, activeState: active, path: path)
    }
  }
}
