/// Seats and sessions, as `loginctl` shows them (org.freedesktop.login1(5)).
package struct LoginSession: Sendable, Hashable {
  /// "" for a session that has none, as those over the network.
  package let seat: String
  /// Of its object on the bus.
  package let path: String

  package init(seat: String, path: String) {
    self.seat = seat
    self.path = path
  }

  static let destination = "org.freedesktop.login1"
  static let managerPath = "/org/freedesktop/login1"
  static let manager = "org.freedesktop.login1.Manager"

  package func property(_ name: String) -> BusProperty {
    BusProperty(Self.destination, path, "\(Self.destination).Session", name)
  }
}

extension SystemBus {
  package func seats() throws(BusError) -> [String] {
    try list(
      LoginSession.destination, LoginSession.managerPath, LoginSession.manager, "ListSeats", structure: "so"
    ) { reader in
      let seat = reader.string()
      _ = reader.string("o")
      return seat
    }
  }

  package func sessions() throws(BusError) -> [LoginSession] {
    try list(
      LoginSession.destination, LoginSession.managerPath, LoginSession.manager, "ListSessions", structure: "susso"
    ) { reader in
      _ = reader.string()
      _ = reader.unsigned32()
      _ = reader.string()
      let seat = reader.string()
      return LoginSession(seat: seat, path: reader.string("o"))
    }
  }
}
