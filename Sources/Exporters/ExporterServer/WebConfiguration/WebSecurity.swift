import Bcrypt
import Logging
import NIOCore
import TelemetryHTTP

/// What `--web.config.file` puts between strangers and the pages, in the toolkit's order: rate limit, header fields,
/// basic authentication. It applies to every path, `/-/healthy` included.
struct WebSecurity: PageSecurity {
  private let file: WebConfigurationFile
  private let limiter: RateLimiter?
  private let passwords = PasswordGate()

  init(_ file: WebConfigurationFile) {
    self.file = file
    limiter = file.now.configuration.rate.map { RateLimiter($0) }
  }

  func connecting() async throws -> @Sendable (any Channel) throws -> Void {
    guard let tls = await file.latest().tls else { return { _ in } }
    return { try tls.addHandlers(to: $0) }
  }

  func admit(_ request: PageRequest) async -> PageAdmission {
    let configuration = await file.latest().configuration
    guard limiter?.allows() ?? true else { return PageAdmission(refusal: .text(429, "Too Many Requests")) }
    return PageAdmission(refusal: await refusal(request, configuration), fields: configuration.fields)
  }

  private func refusal(_ request: PageRequest, _ configuration: WebConfiguration) async -> PageResponse? {
    // Any hash will do for a stranger's password: checking it must only take as long.
    guard let decoy = configuration.users.min(by: { $0.key < $1.key })?.value else { return nil }
    if let given = BasicCredentials(request.header("Authorization")) {
      switch await passwords.verify(
        given.password, of: given.user, against: configuration.users[given.user], decoy: decoy)
      {
      case .right: return nil
      case .wrong: break
      case .busy:
        return .text(503, "Service Unavailable: too many passwords wait to be checked.", fields: ["Retry-After": "1"])
      }
    }
    return .text(401, "Unauthorized", fields: ["WWW-Authenticate": "Basic"])
  }
}
