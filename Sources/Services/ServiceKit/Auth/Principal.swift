/// What a caller may do. `admin` may do everything.
package enum Role: String, Sendable, CaseIterable, Codable {
  case admin, deposito, negocio
  case mlService = "ml_service"
}

/// Who asks.
package struct Principal: Sendable, Equatable {
  /// The token's `sub`: a user or a service account.
  package let name: String
  package let role: Role

  package init(name: String, role: Role) {
    self.name = name
    self.role = role
  }

  package func may(_ access: Route.Access) -> Bool {
    switch access {
    case .open: true
    case .roles(let roles): role == .admin || roles.contains(role)
    }
  }
}
