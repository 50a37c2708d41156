/// When a route may speak. What begins outside of it is not lost: Alertmanager looks again at each `group_interval`,
/// and tells at the first one inside whatever still fires then. What ended meanwhile is not told, and neither is its end.
///
/// `location` exists since Alertmanager 0.25; both engines' versions read it.
package struct TimeInterval: Sendable, Hashable {
  package let name: String
  /// As Alertmanager writes them: `monday:saturday`.
  package let weekdays: String
  /// `HH:MM`; the end is not part of it.
  package let from: String
  package let until: String
  /// In the IANA database.
  package let location: String

  package init(_ name: String, weekdays: String, from: String, until: String, location: String) {
    self.name = name
    self.weekdays = weekdays
    self.from = from
    self.until = until
    self.location = location
  }

  /// When the shop is open: for what can wait until somebody is there.
  package static let workingHours = TimeInterval(
    "horario-laboral", weekdays: "monday:saturday", from: "08:00", until: "20:00",
    location: "America/Argentina/Buenos_Aires")

  /// The same name at any time of the week: a drill does not wait for the shop to open.
  package var everyHour: TimeInterval {
    TimeInterval(name, weekdays: "sunday:saturday", from: "00:00", until: "24:00", location: location)
  }
}
