import Catalog
import Hummingbird
import Synchronization
import Topology

/// A part of a service that can be asked whether it works.
package struct HealthComponent: Sendable {
  package let name: String
  /// One that takes longer than `Health.maximumCheckSeconds` counts as not healthy.
  package let isHealthy: @Sendable () async -> Bool

  package init(_ name: String, isHealthy: @escaping @Sendable () async -> Bool) {
    self.name = name
    self.isHealthy = isHealthy
  }
}

/// `/health`, `/health/live` and `/health/ready`.
package final class Health: Sendable {
  package static let maximumCheckSeconds = 2

  private let service: String
  private let components: [HealthComponent]
  private let isServing = Atomic(false)
  private let servedOnce = Atomic(false)

  package init(service: String, components: [HealthComponent]) {
    self.service = service
    self.components = components
  }

  /// False while starting and draining.
  package func setServing(_ serving: Bool) {
    isServing.store(serving, ordering: .relaxed)
    if serving { servedOnce.store(true, ordering: .relaxed) }
  }

  /// Whether the port was ever listened on.
  var hasServed: Bool { servedOnce.load(ordering: .relaxed) }

  struct Report: Encodable {
    let status: String
    let service: String
    let version: String
    let components: [String: String]
  }

  package var routes: [Route] {
    let report = Operation.Answer(.ok, "Todo responde.", schema: .object(["status": "string"]))
    let failing = Operation.Answer(.serviceUnavailable, "Algo no responde.", schema: .object(["status": "string"]))
    return [
      Route(.get, "/health", access: .open, Operation("Salud del servicio y de lo que necesita", [report, failing])) {
        _, _ in await self.report(mustServe: false)
      },
      Route(.get, "/health/live", access: .open, Operation("El proceso vive", [report])) { _, _ in
        .json(Report(status: "alive", service: self.service, version: Release.version, components: [:]))
      },
      Route(.get, "/health/ready", access: .open, Operation("El servicio toma pedidos", [report, failing])) { _, _ in
        await self.report(mustServe: true)
      },
    ]
  }

  /// Asks all at once.
  private func answers() async -> [(name: String, works: Bool)] {
    await withTaskGroup(of: (name: String, works: Bool).self) { group in
      for component in components { group.addTask { (component.name, await Self.worksInTime(component)) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  private static func worksInTime(_ component: HealthComponent) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask { await component.isHealthy() }
      group.addTask {
        try? await Task.sleep(for: .seconds(maximumCheckSeconds))
        return false
      }
      defer { group.cancelAll() }
      return await group.next() ?? false
    }
  }

  private func report(mustServe: Bool) async -> Response {
    var states: [String: String] = [:]
    var isHealthy = !mustServe || isServing.load(ordering: .relaxed)
    for (name, works) in await answers() {
      states[name] = works ? "healthy" : "unhealthy"
      isHealthy = isHealthy && works
    }
    let report = Report(
      status: isHealthy ? "healthy" : "unhealthy", service: service, version: Release.version, components: states)
    return isHealthy
      ? .json(report) : .json(report, status: .serviceUnavailable, headers: [.retryAfter: "2"])
  }
}
