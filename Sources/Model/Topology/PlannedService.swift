/// A service that the contract names and that is not built yet: rules, panels and runbooks about it exist, and what
/// proves them lists it as missing.
package struct PlannedService: Sendable, Hashable {
  /// The executable.
  package let name: String
  package let job: Job
  package let team: Team

  package static let negocio = PlannedService(name: "agente-negocio", job: .negocio, team: .business)
  package static let ml = PlannedService(name: "ml-service", job: .ml, team: .data)
  package static let dashboard = PlannedService(name: "dashboard", job: .dashboard, team: .business)

  package static let all = [negocio, ml, dashboard]
}
