import CLibpq

extension PostgresConnection {
  func open(until deadline: ContinuousClock.Instant) async throws(PostgresError) {
    let parameters: [String: String]
    do {
      parameters = try await Resolver.resolve(configuration.connectionParameters, reactor, until: deadline)
    } catch {
      switch error {
      case .unresolved(let message): throw ServerMessages.connectError(message, configuration)
      case .interrupted(let cause): throw interruptedConnect(cause, "resolving the host's name")
      }
    }
    handle.start(parameters)
    var status = PGRES_POLLING_WRITING
    while status != PGRES_POLLING_OK {
      guard status != PGRES_POLLING_FAILED, !handle.isBroken else {
        throw ServerMessages.connectError(handle.message, configuration)
      }
      let outcome = await reactor.wait(
        for: status == PGRES_POLLING_READING ? .read : .write, on: handle.socket, until: deadline,
        heedingCancellation: true)
      guard outcome == .ready else {
        throw interruptedConnect(outcome == .cancelled ? .cancelled : .timedOut, "connecting")
      }
      status = PQconnectPoll(handle.connection)
    }
    guard handle.established() else {
      throw ServerMessages.connectError(handle.message, configuration)
    }
    markUsable(serverVersion: Int(PQserverVersion(handle.connection)))
    try await prepareSession(until: deadline)
  }

  private func prepareSession(until deadline: ContinuousClock.Instant) async throws(PostgresError) {
    var settings = configuration.sessionSettings
    if serverVersion < Self.firstVersionWithConnectionCheck { settings[Self.connectionCheck] = nil }
    do {
      try await apply(settings, until: deadline)
    } catch {
      // A server whose system cannot watch sockets refuses this one setting.
      guard error.kind == .server, settings.removeValue(forKey: Self.connectionCheck) != nil else { throw error }
      try await apply(settings, until: deadline)
    }
  }

  private static let connectionCheck = "client_connection_check_interval"
  private static let firstVersionWithConnectionCheck = 140_000

  private func apply(
    _ settings: [String: String], until deadline: ContinuousClock.Instant
  ) async throws(PostgresError) {
    guard !settings.isEmpty else { return }
    let script = settings.sorted { $0.key < $1.key }.map { "SET \($0.key) TO '\($0.value)'" }
    try await execute(script: script.joined(separator: "; "), deadline: deadline)
  }

  private func interruptedConnect(_ cause: Interruption, _ phase: String) -> PostgresError {
    let server = configuration.redactedDescription
    if case .cancelled = cause {
      return PostgresError(.cancelled, "the task was cancelled while \(phase) to \(server)")
    }
    return PostgresError(.timedOut, "\(server) did not answer in time while \(phase)")
  }
}
